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
    ASK = "ask-reporter"
    FREE = "free-tip"
    """Release a tip that somebody else holds."""
    SEE_STAFF = "see-staff"
    INVITE = "invite-staff"
    RESET = "reset-staff"
    DISABLE = "disable-staff"
    SEE_AUDIT = "see-audit"
    PUBLISH_PATTERN = "publish-pattern"
    WITHDRAW_PATTERN = "withdraw-pattern"
    SERVE_RELEASE = "serve-release"
    """Have an older release of the knowledge serve again."""
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
        Act.ASK,
        Act.USE_DESK,
    }
)
_SUPERVISING = frozenset(
    {Act.FREE, Act.SEE_STAFF, Act.INVITE, Act.RESET, Act.DISABLE, Act.SEE_AUDIT, Act.UNBIND_DESK, Act.PLACE_DESK}
)
_EDITING = frozenset({Act.PUBLISH_PATTERN, Act.WITHDRAW_PATTERN, Act.SERVE_RELEASE})

PERMISSIONS: Mapping[Role, frozenset[Act]] = MappingProxyType(
    {
        Role.REVIEWER: _REVIEWING,
        Role.SUPERVISOR: _REVIEWING | _SUPERVISING | _EDITING,
        Role.EDITOR: _EDITING,
        Role.AUDITOR: frozenset(),
        Role.ADMINISTRATOR: frozenset(),
    }
)


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in member of staff, as the use cases see one."""

    name: str
    role: Role

    def may(self, act: Act) -> bool:
        """Whether the table allows it."""
        return act in PERMISSIONS[self.role]


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
