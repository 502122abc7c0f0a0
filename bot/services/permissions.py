"""Who among the staff may do what: one table, asked by every use case and every page."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from storage.accounts import Role


class Act(StrEnum):
    """What staff do; the same words stand in the audit log."""

    SEE_QUEUE = "see-queue"
    OPEN_TIP = "open-tip"
    SEARCH = "search-tips"
    OPEN_EXHIBIT = "open-exhibit"
    CLAIM = "claim-tip"
    RELEASE = "release-tip"
    DECIDE = "decide-tip"
    MERGE = "merge-tip"
    UNMERGE = "unmerge-tip"
    """Take a merged tip out of the other one again."""
    ASK = "ask-reporter"
    TAKE_CALL = "take-call"
    """File what somebody tells by phone."""
    SEE_BENIGN = "see-benign"
    MARK_BENIGN = "mark-benign"
    """Say that an observable is known to be harmless for a time; it links nothing then."""
    LIFT_BENIGN = "lift-benign"
    PROPOSE_LIMIT = "propose-limit"
    """Propose that whoever told a tip waits at the end with what they tell next."""
    SEE_LIMITS = "see-limits"
    LIMIT = "limit-reporter"
    LIFT_LIMIT = "lift-limit"
    FREE = "free-tip"
    """Release a tip that somebody else holds."""
    SEE_STAFF = "see-staff"
    INVITE = "invite-staff"
    RESET = "reset-staff"
    DISABLE = "disable-staff"
    SET_ROLE = "set-role"
    KEEP_ACCOUNT = "keep-account"
    """See and change how one signs in oneself."""
    SEE_SETTINGS = "see-settings"
    SEE_AUDIT = "see-audit"
    VERIFY_AUDIT = "verify-audit"
    ERASE = "erase-tip"
    """Erase what a tip holds; like the next, and publishing a pattern, it takes two people."""
    EXPORT = "export-tips"
    """Unseal many tips at once into a file."""
    APPROVE = "approve"
    """See what others ask for, and approve or refuse it where one may do the act oneself."""
    SEE_DASHBOARD = "see-dashboard"
    SEE_OWN_FIGURES = "see-own-figures"
    PUBLISH_PATTERN = "publish-pattern"
    WITHDRAW_PATTERN = "withdraw-pattern"
    SERVE_RELEASE = "serve-release"
    """Have an older release of the knowledge serve again."""
    SAVE_FILTER = "save-filter"
    """Keep a filter of the queue, or give it another name."""
    SHARE_FILTER = "share-filter"
    REMOVE_FILTER = "remove-filter"
    USE_DESK = "use-desk"
    """Be at the desk in Telegram, with what else one may do."""
    BIND_DESK = "bind-desk"
    UNBIND_DESK = "unbind-desk"
    PLACE_DESK = "place-desk"
    """Have notices go to a group, or no more."""


_REVIEWING = frozenset(
    {
        Act.SEE_QUEUE,
        Act.OPEN_TIP,
        Act.SEARCH,
        Act.OPEN_EXHIBIT,
        Act.CLAIM,
        Act.RELEASE,
        Act.DECIDE,
        Act.MERGE,
        Act.UNMERGE,
        Act.TAKE_CALL,
        Act.SEE_BENIGN,
        Act.PROPOSE_LIMIT,
        Act.ASK,
        Act.SAVE_FILTER,
        Act.REMOVE_FILTER,
        Act.SEE_OWN_FIGURES,
        Act.USE_DESK,
    }
)
_SUPERVISING = frozenset(
    {
        Act.FREE,
        Act.SEE_STAFF,
        Act.SEE_AUDIT,
        Act.VERIFY_AUDIT,
        Act.UNBIND_DESK,
        Act.PLACE_DESK,
        Act.ERASE,
        Act.EXPORT,
        Act.SHARE_FILTER,
    }
)
_SUPPRESSING = frozenset({Act.MARK_BENIGN, Act.LIFT_BENIGN, Act.SEE_LIMITS, Act.LIMIT, Act.LIFT_LIMIT})
_EDITING = frozenset({Act.PUBLISH_PATTERN, Act.WITHDRAW_PATTERN, Act.SERVE_RELEASE, Act.APPROVE})
_KEEPING_ACCOUNTS = frozenset({Act.INVITE, Act.RESET, Act.DISABLE, Act.SET_ROLE, Act.SEE_SETTINGS})
_WATCHING = frozenset({Act.SEE_DASHBOARD})
_OWN = frozenset({Act.KEEP_ACCOUNT})

PERMISSIONS: Mapping[Role, frozenset[Act]] = MappingProxyType(
    {
        Role.REVIEWER: _OWN | _REVIEWING,
        Role.SUPERVISOR: _OWN | _REVIEWING | _SUPERVISING | _SUPPRESSING | _EDITING | _WATCHING,
        Role.EDITOR: _OWN | _EDITING,
        Role.AUDITOR: _OWN | _WATCHING | {Act.SEE_STAFF, Act.SEE_AUDIT, Act.VERIFY_AUDIT},
        Role.ADMINISTRATOR: _OWN | _WATCHING | _KEEPING_ACCOUNTS | {Act.SEE_STAFF, Act.UNBIND_DESK, Act.PLACE_DESK},
    }
)

TAKES_TWO: frozenset[Act] = frozenset({Act.PUBLISH_PATTERN, Act.ERASE, Act.EXPORT})
"""What cannot be undone: one asks for it, another who may do it too approves."""

STANDING_IN: frozenset[Act] = _KEEPING_ACCOUNTS
"""What supervisors may too for as long as there is no administrator who can sign in: a small team needs none."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in member of staff, as the use cases see one."""

    name: str
    role: Role
    stands_in: bool = False
    """Whether this supervisor keeps the accounts, since no administrator can sign in."""

    def may(self, act: Act) -> bool:
        """Whether the table allows it."""
        return act in PERMISSIONS[self.role] or (self.stands_in and act in STANDING_IN)


class NotAllowed(Exception):  # noqa: N818 # a word of the house, said in sentences
    """The actor's role may not do this."""

    def __init__(self, actor: Actor, act: Act) -> None:
        self.actor = actor
        self.act = act
        super().__init__(f"The role of {actor.name} ({actor.role}) does not allow this ({act}).")


def require(actor: Actor, act: Act) -> None:
    """Raise NotAllowed unless the actor may."""
    if not actor.may(act):
        raise NotAllowed(actor, act)
