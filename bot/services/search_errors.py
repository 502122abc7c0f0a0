# ruff: noqa: N818 # words of the house, said in sentences; "Error" adds nothing
"""What staff are told when a search cannot be made; each sentence says what to do next."""

from bot.services.triage_errors import TriageError


class SearchError(TriageError):
    """The root: nothing was looked at."""


class NothingSought(SearchError):
    """No field was filled in."""

    def __init__(self) -> None:
        super().__init__("Fill in one field at least.")


class SoughtTooLong(SearchError):
    """A field holds more than `limit` characters."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        super().__init__(f"At most {limit} characters are searched for. Take the part that tells most.")


class NoReference(SearchError):
    """Neither a tip's reference nor a receipt."""

    def __init__(self) -> None:
        super().__init__("That is neither a reference nor a receipt; a letter may be missing.")


class NoObservable(SearchError):
    """No phone, link, account or the like could be read."""

    def __init__(self) -> None:
        super().__init__("No phone, link, account, wallet or name could be read in it. Search for it as words.")


class NoWords(SearchError):
    """All words are in most tips."""

    def __init__(self) -> None:
        super().__init__("These words are in most tips. Add one that is not.")


class NoSum(SearchError):
    """No sum could be read."""

    def __init__(self) -> None:
        super().__init__("Write a sum in digits, such as 48000 or 0.5.")


class NoDay(SearchError):
    """No date could be read, or it is the wrong way round."""

    def __init__(self) -> None:
        super().__init__("Write dates as 2026-11-27, the earlier one first.")
