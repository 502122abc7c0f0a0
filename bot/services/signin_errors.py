# ruff: noqa: N818 # words of the house, said in sentences; "Error" adds nothing
"""What staff are told when they cannot be signed in; never whether a name exists."""


class SignInError(Exception):
    """The root: nobody was signed in."""


class LinkOver(SignInError):
    """The one-time link was used, replaced, mistyped or is older than its 15 minutes."""

    def __init__(self) -> None:
        super().__init__("This link is over: it works once, for 15 minutes. Ask for a new one.")


class SignedOut(SignInError):
    """The web session is over."""

    def __init__(self) -> None:
        super().__init__("Please sign in again.")


class NotRecognised(SignInError):
    """Name, passphrase and code do not belong together, or there were too many tries: always this one sentence."""

    def __init__(self) -> None:
        super().__init__(
            "Name, passphrase and code don't fit together, or there were too many tries. Wait a minute, then try again."
        )


class WeakPassphrase(SignInError):
    """The new passphrase breaks the rule."""

    def __init__(self) -> None:
        super().__init__(
            "A passphrase needs at least 14 characters, of at least 6 kinds, and not your name. "
            "Four or five words you can remember are good."
        )


class WrongCode(SignInError):
    """The six digits are not those the authenticator shows now."""

    def __init__(self) -> None:
        super().__init__("That code is not the one shown now. Check the phone's clock, and take the next code.")


class Elsewhere(SignInError):
    """The session is used from another place than before: a second factor is asked for."""

    def __init__(self) -> None:
        super().__init__("This sign-in is used from another place than before. Show a second factor.")


class ProofRefused(SignInError):
    """What was to prove again who is there does not."""

    def __init__(self) -> None:
        super().__init__("That code or passkey was not taken. Take the next code, or try the passkey again.")


class PasskeyRefused(SignInError):
    """What the browser said of a passkey proves nothing."""

    def __init__(self) -> None:
        super().__init__("That passkey was not taken: it took too long, or it is none of this console's. Try again.")


class TooManyPasskeys(SignInError):
    """The account has as many as it may."""

    def __init__(self, most: int) -> None:
        self.most = most
        super().__init__(f"An account has {most} passkeys at most. Remove one first.")


class NameTaken(SignInError):
    """An account of this name exists."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"There is an account named {name} already.")


class NameUnusable(SignInError):
    """The name for a new account breaks the rule."""

    def __init__(self) -> None:
        super().__init__("A name has 1 to 40 letters a to z, digits, dots, dashes or underscores.")
