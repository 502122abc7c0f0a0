"""How what takes two people is done: a pattern published, a tip erased, an export allowed to be fetched."""

from collections.abc import Callable
from datetime import datetime

from bot.services.approval_errors import NothingToErase
from bot.services.permissions import Act
from bot.services.publishing import Publishing
from storage import audit, tips, withdrawals
from storage.chance import RandomBytes
from storage.database import Transaction
from storage.proposals import Proposal
from storage.tips import TipState


class PublishPattern:
    """Subject `pattern:` and its id; the body is its TOML."""

    def __init__(self, publishing: Publishing) -> None:
        self._publishing = publishing

    def check(self, t: Transaction, subject: str, body: str) -> None:
        """Raises CatalogueError."""
        self._publishing.check(t, subject.removeprefix("pattern:"), body)

    def do(self, t: Transaction, proposal: Proposal, approver: str) -> bool:
        """Raises CatalogueError, where something else was published in the meantime."""
        pattern = proposal.subject.removeprefix("pattern:")
        self._publishing.publish(t, pattern, proposal.body or "", by=proposal.by, approved_by=approver)
        return True


class EraseTip:
    """The subject is the tip's id."""

    def __init__(self, *, clock: Callable[[], datetime], random: RandomBytes) -> None:
        self._clock = clock
        self._random = random

    def check(self, t: Transaction, subject: str, body: str) -> None:  # noqa: ARG002 - a tip is all it needs
        """Raises NothingToErase, NotFound."""
        tip = tips.get(t, subject)
        if tip.erased_at is not None or tip.state is TipState.WITHDRAWN:
            raise NothingToErase

    def do(self, t: Transaction, proposal: Proposal, approver: str) -> bool:
        """Raises NothingToErase."""
        self.check(t, proposal.subject, "")
        now = self._clock()
        withdrawals.erase_content(t, proposal.subject, now=now)
        # Noted last: with the content goes what proves the details of earlier entries.
        entry = audit.Entry(now, approver, Act.ERASE, proposal.subject, {"by": proposal.by})
        audit.record(t, entry, random=self._random)
        return True
