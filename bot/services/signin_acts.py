"""What the audit log says of coming in, going out, and changing how one comes in."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from storage import audit
from storage.chance import RandomBytes
from storage.database import Transaction

UNKNOWN = "unknown"
"""Who acts where nobody knows: a stranger at the door, or whoever replays another's session."""


class SignInAct(StrEnum):
    USE_LINK = "use-link"
    ENROL = "enrol"
    SIGN_IN = "sign-in"
    SIGN_IN_BY_PASSKEY = "sign-in-by-passkey"
    REFUSE = "refuse-sign-in"
    SIGN_OUT = "sign-out"
    END_SESSIONS = "end-sessions"
    PROVE = "prove-oneself"
    """A second factor was shown again, within a session."""
    REFUSE_PROOF = "refuse-proof"
    STRAY = "use-session-elsewhere"
    """A session was used from another place without a second factor."""
    USE_RECOVERY = "use-recovery-code"
    MAKE_RECOVERY = "make-recovery-codes"
    ADD_PASSKEY = "add-passkey"
    REMOVE_PASSKEY = "remove-passkey"
    COPIED_PASSKEY = "refuse-copied-passkey"


def record(
    t: Transaction,
    act: SignInAct,
    name: str,
    *,
    now: datetime,
    random: RandomBytes,
    by: str = "",
    details: Mapping[str, str] | None = None,
) -> None:
    """In the unit that does it; of the account `name`, by its owner unless somebody else is named."""
    audit.record(t, audit.Entry(now, by or name, act, f"account:{name}", details), random=random)
