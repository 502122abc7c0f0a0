# ruff: noqa: N818 # words of the house, said in sentences; "Error" adds nothing
"""What staff are told when something that takes two people cannot be asked for, approved or fetched."""


class ApprovalError(Exception):
    """The root: nothing was changed."""


class ProposedAlready(ApprovalError):
    """The same waits for approval already."""

    def __init__(self) -> None:
        super().__init__("The same is proposed already and waits for approval.")


class OwnProposal(ApprovalError):
    """Nobody approves what they ask for themselves."""

    def __init__(self) -> None:
        super().__init__("You proposed this yourself: another person has to approve it.")


class ProposalOver(ApprovalError):
    """It was decided, fetched, or is older than its 72 hours."""

    def __init__(self) -> None:
        super().__init__("This proposal is over: it was decided or fetched already, or 72 hours have passed.")


class ProposerGone(ApprovalError):
    """Whoever asked for it may not do it any more."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"{name}, who proposed this, may not do it any more. Refuse it, and propose it yourself.")


class NothingToErase(ApprovalError):
    """The tip holds nothing any more."""

    def __init__(self) -> None:
        super().__init__("This tip holds nothing any more: it was erased, or its reporter has taken it back.")


class NothingChosen(ApprovalError):
    """No tip is like that, or the days are none."""

    def __init__(self) -> None:
        super().__init__("No tip is like that. Choose other days, the first not after the last, or another state.")


class TooMuchChosen(ApprovalError):
    """More tips than one export may hold."""

    def __init__(self, found: int, most: int) -> None:
        self.found = found
        self.most = most
        super().__init__(f"That is {found} tips; one export holds {most} at most. Choose fewer days.")
