"""The console's words for what the house's enums name, as sentences that the catalogues translate."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.conversation.events import Attachment
from bot.services.acts import GAIN, LOSE
from bot.services.approvals import Step
from bot.services.bulk import BulkAct
from bot.services.permissions import Act
from bot.services.signin_acts import UNKNOWN, SignInAct
from bot.services.staffing import COMMAND
from bot.services.urgency import PERSON_AT_RISK, Reason
from bot.staff.telling import defang
from knowledge.dangers import Danger, Kind
from knowledge.gate import Figure
from knowledge.observables import ObservableType
from storage.accounts import Role
from storage.messages import MessageKind
from storage.queueing import Nearness
from storage.ranks import Lane
from storage.tips import TipState, Verdict


def N_(text: str) -> str:  # noqa: N802 # the mark that gettext's tools look for
    """Mark a sentence for the catalogues; it is translated where it is shown."""
    return text


KINDS: Mapping[str, str] = MappingProxyType(
    {
        Kind.CHEATED: N_("Was cheated"),
        Kind.CHECK: N_("Asks whether it is one"),
        Kind.INSIDER: N_("Knows who does it"),
        Kind.HELD: N_("Someone is held"),
        Kind.MULE: N_("Asked to move money"),
    }
)

DANGERS: Mapping[str, str] = MappingProxyType(
    {
        Danger.LIFE: N_("A life may be in danger"),
        Danger.LIVE_CONTROL: N_("The swindler is on the phone or screen now"),
        Danger.CONTROLLER: N_("A captor or controller is near"),
        Danger.MONEY_GONE: N_("Money has left"),
        Danger.TRAVEL: N_("About to travel to such a “job”"),
        Danger.MULE: N_("Was asked to hold or move money"),
        Danger.MINOR: N_("A minor is concerned"),
    }
)

REASONS: Mapping[str, str] = MappingProxyType(
    {
        Reason.LIFE: N_("A life may be in danger"),
        Reason.LIVE_CONTROL: N_("The swindler is on the phone or screen now"),
        Reason.CONTROLLER: N_("A captor or controller is near"),
        Reason.HELD: N_("Someone is held or has disappeared"),
        Reason.MINOR: N_("A minor is concerned"),
        Reason.MONEY_RECENT: N_("Money has left and may still be stopped"),
        Reason.MONEY_GONE: N_("Money has left"),
        Reason.TRAVEL: N_("About to travel to such a “job”"),
        Reason.MULE: N_("Was asked to hold or move money"),
        Reason.SUPERVISED: N_("Linked to a supervised case"),
        Reason.VULNERABLE: N_("Somebody old, ill, disabled or pregnant may be concerned"),
        Reason.HURT: N_("Somebody is being hurt"),
        Reason.PAYING: N_("About to pay; it may still be stopped"),
        Reason.LARGE_SUM: N_("A large sum"),
        Reason.REPLIED: N_("The reporter has written again"),
        Reason.LINKED: N_("Linked to several other tips"),
        Reason.MISSED: N_("Its deadline was missed"),
        Reason.NEAR: N_("Its deadline is near"),
        Reason.OVERDUE: N_("Nobody has looked for a day"),
    }
)

LANES: Mapping[str, str] = MappingProxyType(
    {
        Lane.DANGER: N_("People in danger"),
        Lane.GOLDEN: N_("Golden hour"),
        Lane.INSIDER: N_("Insiders"),
        Lane.ORDINARY: N_("Ordinary"),
    }
)
"""The lanes of the queue."""

NEARNESS: Mapping[str, str] = MappingProxyType(
    {Nearness.NEAR: N_("Deadline near"), Nearness.MISSED: N_("Deadline missed")}
)

BULK: Mapping[str, str] = MappingProxyType(
    {
        BulkAct.CLAIM: N_("Claim these tips"),
        BulkAct.RELEASE: N_("Release these tips"),
        BulkAct.DECIDE: N_("Decide these tips"),
    }
)

STATES: Mapping[str, str] = MappingProxyType(
    {
        TipState.NEW: N_("New"),
        TipState.CLAIMED: N_("In review"),
        TipState.WAITING: N_("Waiting for the reporter"),
        TipState.DECIDED: N_("Decided"),
        TipState.MERGED: N_("Merged"),
        TipState.WITHDRAWN: N_("Withdrawn by the reporter"),
        TipState.ERASED: N_("Erased"),
    }
)

VERDICTS: Mapping[str, str] = MappingProxyType(
    {
        Verdict.CONFIRMED: N_("Confirmed: a known scam"),
        Verdict.NEW_KIND: N_("A scam of a new kind"),
        Verdict.DUPLICATE: N_("Duplicate of another tip"),
        Verdict.UNFOUNDED: N_("Unfounded: no sign of fraud"),
        Verdict.INSUFFICIENT: N_("Too little to judge"),
        Verdict.PASSED_ON: N_("Passed on to an authority"),
    }
)

LIKENESSES: Mapping[str, str] = MappingProxyType(
    {
        "warn": N_("Like a known scam"),
        "similar": N_("Similar to a known scam"),
        "unknown": N_("Like nothing known, which does not make it safe"),
    }
)

MESSAGES: Mapping[str, str] = MappingProxyType(
    {
        MessageKind.QUESTION: N_("Question to the reporter"),
        MessageKind.NOTE: N_("Word to the reporter"),
        MessageKind.AUTHORITY: N_("Passed on to, as the reporter is told"),
        MessageKind.ANSWER: N_("Answer of the reporter"),
        MessageKind.ADDITION: N_("Added by the reporter"),
    }
)

FIGURES: Mapping[str, str] = MappingProxyType(
    {
        Figure.FIRST: N_("Tellings and scripts whose scam comes first"),
        Figure.WARNED: N_("Tellings and scripts warned of"),
        Figure.FALSE_WARNINGS: N_("Ordinary messages warned of"),
        Figure.CALIBRATION: N_("Error of the probabilities"),
        Figure.ONE_PATTERN: N_("One scam's texts that come first"),
    }
)
"""What the gate before a release compares."""

ROLES: Mapping[str, str] = MappingProxyType(
    {
        Role.REVIEWER: N_("Reviewer"),
        Role.SUPERVISOR: N_("Supervisor"),
        Role.EDITOR: N_("Editor"),
        Role.AUDITOR: N_("Auditor"),
        Role.ADMINISTRATOR: N_("Administrator"),
    }
)

ASKED: Mapping[str, str] = MappingProxyType(
    {
        "exposure": N_("What they did with it"),
        "identity": N_("Told that ID, or a picture of it, was given"),
        "held": N_("The deadline set, or inside themselves"),
        "deadline": N_("The deadline set"),
        "hurt": N_("Told that somebody is being hurt"),
        "paying": N_("Told that money, gold or a card is about to be handed over"),
        "money": N_("After the advice on lost money"),
        "life": N_("After the words on life"),
        "control": N_("After the advice to cut the line"),
        "travel": N_("After the advice not to travel"),
        "mule": N_("After the advice on moved money"),
        "minor": N_("After the advice for minors"),
        "safety": N_("Who can see this phone"),
    }
)
"""What the answers to a card's buttons are answers to."""

ACTORS: Mapping[str, str] = MappingProxyType(
    {
        "reporter": N_("The reporter"),
        "staff-jobs": N_("The clock"),
        COMMAND: N_("Whoever runs this service"),
        UNKNOWN: N_("Somebody unknown"),
    }
)
"""Those in the audit log who are no members of staff."""

ACTS: Mapping[str, str] = MappingProxyType(
    {
        "file": N_("filed it"),
        "add": N_("added to it"),
        "answer": N_("answered"),
        "withdraw": N_("took it back"),
        Act.OPEN_TIP: N_("opened it"),
        Act.SEARCH: N_("searched the tips by"),
        Act.OPEN_EXHIBIT: N_("opened an exhibit of it"),
        Act.CLAIM: N_("claimed it"),
        Act.RELEASE: N_("released it"),
        Act.FREE: N_("released it for another"),
        Act.DECIDE: N_("decided it"),
        Act.MERGE: N_("merged it"),
        Act.UNMERGE: N_("took it out of the tip it was merged into"),
        GAIN: N_("merged another tip into it"),
        LOSE: N_("took another tip out of it"),
        Act.TAKE_CALL: N_("wrote it down on the phone"),
        Act.MARK_BENIGN: N_("marked an observable as known to be harmless"),
        Act.LIFT_BENIGN: N_("marked an observable as harmless no more"),
        Act.PROPOSE_LIMIT: N_("proposed to limit its reporter"),
        Act.LIMIT: N_("limited its reporter"),
        Act.LIFT_LIMIT: N_("lifted the limit on its reporter"),
        Act.ASK: N_("asked the reporter"),
        Act.SAVE_FILTER: N_("kept or renamed a tab of the queue"),
        Act.SHARE_FILTER: N_("shared a tab of the queue"),
        Act.REMOVE_FILTER: N_("removed a tab of the queue"),
        Act.INVITE: N_("invited"),
        Act.RESET: N_("reset"),
        Act.DISABLE: N_("disabled"),
        Act.SET_ROLE: N_("gave another role to"),
        Act.VERIFY_AUDIT: N_("verified the chain"),
        Act.PUBLISH_PATTERN: N_("published the pattern"),
        Act.ERASE: N_("erased its content"),
        Act.EXPORT: N_("exported it"),
        Step.PROPOSE: N_("proposed it"),
        Step.APPROVE: N_("approved it"),
        Step.REFUSE: N_("refused it"),
        Act.WITHDRAW_PATTERN: N_("withdrew the pattern"),
        Act.SERVE_RELEASE: N_("served it again"),
        Act.BIND_DESK: N_("bound Telegram"),
        Act.UNBIND_DESK: N_("unbound Telegram"),
        Act.PLACE_DESK: N_("changed where the desk's notices go"),
        "publish-release": N_("learned and published it"),
        "hold-release": N_("learned it and held it back"),
        SignInAct.USE_LINK: N_("used a one-time link"),
        SignInAct.ENROL: N_("enrolled"),
        SignInAct.SIGN_IN: N_("signed in"),
        SignInAct.REFUSE: N_("was refused sign-in"),
        SignInAct.SIGN_OUT: N_("signed out"),
        SignInAct.SIGN_IN_BY_PASSKEY: N_("signed in by passkey"),
        SignInAct.END_SESSIONS: N_("ended sign-ins of"),
        SignInAct.PROVE: N_("showed a second factor again"),
        SignInAct.REFUSE_PROOF: N_("was refused a second factor"),
        SignInAct.STRAY: N_("used a sign-in from elsewhere"),
        SignInAct.USE_RECOVERY: N_("used a recovery code"),
        SignInAct.MAKE_RECOVERY: N_("made recovery codes"),
        SignInAct.ADD_PASSKEY: N_("added a passkey"),
        SignInAct.REMOVE_PASSKEY: N_("removed a passkey"),
        SignInAct.COPIED_PASSKEY: N_("was refused: a copied passkey"),
    }
)

DEEDS: Mapping[str, str] = MappingProxyType(
    {
        Act.PUBLISH_PATTERN: N_("Publish a pattern"),
        Act.ERASE: N_("Erase what a tip holds"),
        Act.EXPORT: N_("Export tips"),
    }
)
"""What takes two people."""

CHOSEN: Mapping[str, str] = MappingProxyType(
    {
        "decided": N_("Decided or merged"),
        "open": N_("Open"),
        "all": N_("Open, decided or merged"),
    }
)
"""Which tips an export takes, by state."""

EXHIBITS: Mapping[str, str] = MappingProxyType(
    {
        Attachment.PICTURE: N_("Picture"),
        Attachment.VOICE: N_("Recording"),
        Attachment.VIDEO: N_("Video"),
        Attachment.FILE: N_("File"),
    }
)

OBSERVABLES: Mapping[str, str] = MappingProxyType(
    {
        ObservableType.PHONE: N_("Phone number"),
        ObservableType.LINK: N_("Link"),
        ObservableType.DOMAIN: N_("Domain"),
        ObservableType.EMAIL: N_("E-mail address"),
        ObservableType.ACCOUNT: N_("Bank card or account"),
        ObservableType.IBAN: N_("IBAN"),
        ObservableType.WALLET: N_("Crypto wallet"),
        ObservableType.TRANSACTION: N_("Crypto transaction"),
        ObservableType.HANDLE: N_("Name on a platform"),
        ObservableType.AMOUNT: N_("Amount"),
        ObservableType.MOMENT: N_("Date or time"),
        ObservableType.RAIL: N_("Way of paying"),
        ObservableType.PLATFORM: N_("Platform"),
        ObservableType.BANK: N_("Bank"),
    }
)


NAMING = frozenset({"payee", "insider-what", "held-place"})
"""Questions whose answers name people, in words that link nothing."""
NOTHING_SAID = frozenset({"not-known"})


def tone(reason: Reason) -> str:
    """The colour of a reason: red is kept for danger to a person."""
    if reason in PERSON_AT_RISK:
        return "red"
    if reason in {Reason.PAYING, Reason.MONEY_RECENT, Reason.MISSED, Reason.NEAR}:
        return "amber"
    return "" if reason is Reason.OVERDUE else "teal"


def state_tone(state: TipState) -> str:
    """The colour of a state."""
    return {TipState.NEW: "teal", TipState.WAITING: "amber", TipState.DECIDED: "green"}.get(state, "")


def counted(count: int, most: int) -> str:
    """A count as people read it: exact up to `most`."""
    return f"{most}+" if count > most else str(count)


def shown(type_: str, text: str) -> str:
    """Text from outside as a page may show it: nothing hidden in it, and no address that can be followed."""
    return defang(type_, text)
