# ruff: noqa: N818 # words of the house, said in sentences; "Error" adds nothing
"""What staff are told when an act on a tip cannot be done; each sentence says what to do next."""

from storage.errors import StorageError
from storage.tips import Tip


class TriageError(Exception):
    """The root: nothing was changed."""


class HeldByAnother(TriageError):
    """Somebody else holds the tip; `holder` is empty when nobody does."""

    def __init__(self, tip: str, holder: str) -> None:
        self.tip = tip
        self.holder = holder
        super().__init__(
            f"Tip {tip} is held by {holder}. Speak with them, or wait until they release it."
            if holder
            else f"Nobody holds tip {tip}. Claim it first."
        )


class AlreadyEnded(TriageError):
    """The tip was decided, merged, withdrawn or erased; `ended` is the tip as it stands now."""

    def __init__(self, ended: Tip) -> None:
        self.ended = ended
        super().__init__(f"Tip {ended.id} is {ended.state} already; nothing was changed.")


class VerdictMissing(TriageError):
    """No verdict was chosen, or none that exists."""

    def __init__(self) -> None:
        super().__init__("Choose a verdict.")


class PatternUnknown(TriageError):
    """The known scam that was chosen is not known any more."""

    def __init__(self) -> None:
        super().__init__("Choose the known scam from the list.")


class TextMissing(TriageError):
    """The reason or the question is empty."""

    def __init__(self) -> None:
        super().__init__("Write a sentence or two.")


class TextTooLong(TriageError):
    """The reason or the question is longer than `limit` characters."""

    def __init__(self, length: int, limit: int) -> None:
        self.length = length
        self.limit = limit
        super().__init__(f"That is {length} characters; at most {limit} fit.")


class NameTooLong(TriageError):
    """What something is to be called is longer than `limit` characters."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        super().__init__(f"A name has at most {limit} characters.")


class TooManyFilters(TriageError):
    """The member of staff keeps `limit` filters already."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        super().__init__(f"You keep {limit} filters, which is the most. Remove one first.")


class TooManyTips(TriageError):
    """More tips were chosen for one act than the `limit`."""

    def __init__(self, count: int, limit: int) -> None:
        self.count = count
        self.limit = limit
        super().__init__(f"These are {count} tips; at most {limit} can be chosen at once.")


class NoReceipt(TriageError):
    """The reporter took no receipt, so nothing can be left for them."""

    def __init__(self, tip: str) -> None:
        self.tip = tip
        super().__init__(f"Tip {tip} has no receipt: its reporter cannot be asked.")


class ExhibitClosed(TriageError):
    """What was sent with the tip is opened for nobody, staff neither: it may show a child."""

    def __init__(self, tip: str) -> None:
        self.tip = tip
        super().__init__(f"Tip {tip} concerns a minor: what was sent with it is opened for nobody.")


class NotMerged(TriageError):
    """The tip is not merged (any more), or its content is gone: there is nothing to take out."""

    def __init__(self, tip: str) -> None:
        self.tip = tip
        super().__init__(f"Tip {tip} is not merged, or its content was erased; nothing was changed.")


class OneOfSeveral(TriageError):
    """An act on several tips was not done, for it could not be done to one of them; `cause` says why."""

    def __init__(self, tip: str, cause: TriageError | StorageError) -> None:
        self.tip = tip
        self.cause = cause
        super().__init__(f"Nothing was changed: with tip {tip} it cannot be done. {cause}")


class NoneChosen(TriageError):
    """No tip was named or ticked."""

    def __init__(self) -> None:
        super().__init__("Tick a tip or write its reference.")


class DayMissing(TriageError):
    """The day until which something is to hold is missing, none, over, or too far off."""

    def __init__(self, most_days: int) -> None:
        self.most_days = most_days
        super().__init__(f"Give a day from tomorrow on, within {most_days} days.")


class ObservableMissing(TriageError):
    """The text holds no observable of that type, or several."""

    def __init__(self) -> None:
        super().__init__("Write one number, link or account, whole, and choose what it is.")


class NoConversation(TriageError):
    """The tip came from no conversation, or it is not known any more from which: nobody can be limited for it."""

    def __init__(self, tip: str) -> None:
        self.tip = tip
        super().__init__(f"It is not known any more which conversation tip {tip} came from.")


class AuthorityMissing(TriageError):
    """A tip is passed on to somebody: who is missing."""

    def __init__(self) -> None:
        super().__init__("Name the authority it was passed on to.")


class KindMissing(TriageError):
    """It was not said what kind of report it is."""

    def __init__(self) -> None:
        super().__init__("Choose what kind of report it is.")
