"""What only the desk says; kinds, reasons, states, verdicts and refusals are worded as in the console."""

from collections.abc import Mapping
from datetime import datetime
from html import escape
from types import MappingProxyType

from bot.locales import Catalogues
from bot.services.desk_letters import Topic
from bot.services.signin_errors import SignInError
from bot.services.triage_errors import TriageError
from bot.services.urgency import PERSON_AT_RISK, Reason
from bot.staff.explaining import explain
from bot.staff.wording import N_
from knowledge.language import Language
from storage.errors import StorageError

CLAIM = N_("Claim")
DECIDE = N_("Decide")
ASK = N_("Ask the reporter")
MERGE = N_("It repeats another tip")
HOLD = N_("Hold longer")
RELEASE = N_("Release")
CANCEL = N_("Cancel")
OTHER = N_("Another, by name or id")
NO_PATTERN = N_("None of these")

JUST_NOW = N_("just now")
NOBODYS = N_("Nobody has this tip yet.")
HELD = N_("%(name)s holds it, for another %(time)s.")
WAITS = N_("It waits for the reporter.")

CLAIMED = N_("You hold this tip now. Nobody else can decide it.")
RELEASED = N_("The tip is back in the queue.")
DECIDED = N_("%(tip)s is decided: “%(verdict)s”.")
MERGED = N_("%(tip)s is merged into %(into)s.")
ASKED = N_("Asked. The reporter of %(tip)s sees the question with the receipt; the tip stays yours.")
CANCELLED = N_("Left as it was.")

STALE = N_("This tip has changed since. Its card shows how it stands now.")
FORGED = N_("That button is none of this chat's.")
NOT_YOURS = N_("These buttons are of another's answer, or of one that is over.")
NO_GROUP = N_("This group is not bound. A supervisor binds it with /bind; until then I say nothing here.")
TROUBLE = N_("Something went wrong on our side; nothing was changed. Please try again.")
NOT_ALLOWED = N_("Your role does not allow this.")

WHICH_VERDICT = N_("%(tip)s: which verdict?")
WHICH_PATTERN = N_("%(tip)s: confirmed as which known scam?")
NAME_PATTERN = N_("%(tip)s: which known scam? Answer with its id, or a part of its name.")
NO_SUCH_PATTERN = N_("No known scam is called that. Answer with its id, or a part of its name.")
WHICH_AUTHORITY = N_("%(tip)s: to which authority is it passed on? The reporter is told, so write it as they know it.")
WHY = N_("%(tip)s: “%(verdict)s”. Why? Your answer is read by staff only; I take it away here.")
WHICH_TIP = N_("%(tip)s: which tip does it repeat? Answer with the reference, such as 7K3M-9QTX.")
WHY_ONE = N_("%(tip)s repeats %(into)s. Why are they one? Your answer is read by staff only; I take it away here.")
WHAT_TO_ASK = N_(
    "%(tip)s: your question, in %(language)s? The reporter sees it with the receipt. Ask one thing, kindly; never for "
    "codes, an ID number or their own full account. I take it away here."
)

HOLD_ENDS = N_("Your hold on %(tip)s ends in %(time)s. “Hold longer” starts the time anew.")
FIRST_LOOK_NEAR = N_("They will have waited a day within two hours, and nobody has looked: %(count)s")
DECISION_NEAR = N_("Their deadline is near, and no decision: %(count)s")
DECISION_MISSED = N_("Their deadline was missed within the hour: %(count)s")
RECALL_NEAR = N_("Lost money that banks may no longer call back in four hours, and no decision: %(count)s")
MOST_URGENT = N_("The most urgent of them:")

DIGEST = N_("How the queue stands")
TO_DO = N_("To do: %(count)s")
URGENT_FREE = N_("Urgent and nobody's: %(count)s")
UNSEEN = N_("Not looked at for a day: %(count)s")
REPLIED = N_("The reporter has written again: %(count)s")
FILED = N_("Filed since yesterday: %(count)s")
DECIDED_SINCE = N_("Decided since yesterday: %(count)s")
HOLDERS = N_("In review: %(names)s")

QUEUE = N_("To do: %(count)s, the most urgent first")
MINE = N_("You hold %(count)s")
NONE = N_("Nothing is waiting.")
NONE_MINE = N_("You hold no tip.")
MORE = N_("The others stand in the console.")

BOUND = N_("This is %(name)s's desk now. Urgent tips, what you hold and a digest come here. /help says what I know.")
UNBOUND = N_("Unbound. Nothing comes here any more.")
GROUP_BOUND = N_("Notices come to this group from now on. Whoever acts here must be bound: see the console, “Account”.")
GROUP_UNBOUND = N_("Notices come here no more.")
GROUPS_ONLY = N_(
    "Say /bind in the group. To bind yourself, take a code in the console under “Account”, and send it here."
)
WHICH_LANGUAGE = N_("Which language?")
LANGUAGE_SET = N_("From now on in English.")
HELP = N_(
    "/queue what is to do\n/mine what you hold\n/next the most urgent that nobody has\n/digest how the queue stands\n"
    "/language\n/unbind\n\nI never show what a reporter wrote: read that in the console. Act by the buttons under a "
    "tip; what you answer to me is kept sealed, and I take it away here."
)

MENU: Mapping[str, str] = MappingProxyType(
    {
        "queue": N_("What is to do"),
        "mine": N_("What you hold"),
        "next": N_("The most urgent that nobody has"),
        "digest": N_("How the queue stands"),
        "language": N_("Language"),
        "help": N_("Help"),
        "unbind": N_("Bind no more"),
    }
)
"""The commands in the order of their menu, with what each is for."""

TOPICS: Mapping[str, str] = MappingProxyType(
    {
        Topic.PEOPLE: N_("People in danger"),
        Topic.MONEY: N_("Money that may be stopped"),
        Topic.DAY: N_("Digest and deadlines"),
    }
)
"""What the topics are called."""


class Wording:
    """The staff's sentences in every language, as Telegram's HTML: what goes into them is escaped."""

    def __init__(self) -> None:
        self._catalogues = Catalogues.load("console")

    def say(self, language: str, sentence: str, /, **slots: object) -> str:
        """The sentence in a language of ours, its slots filled."""
        spoken = self._catalogues.translator(Language(language))(sentence)
        return spoken % slots if slots else spoken

    def html(self, language: str, sentence: str, /, **slots: object) -> str:
        """The same, for a message."""
        return escape(self.say(language, sentence, **slots), quote=False)

    def explain(self, language: str, error: TriageError | SignInError | StorageError) -> str:
        """Why an act was refused, and what to do next."""
        sentence, values = explain(error)
        spoken = {name: self._spoken(language, name, value) for name, value in values.items()}
        return self.say(language, sentence, **spoken)

    def _spoken(self, language: str, name: str, value: object) -> object:
        # In a group people may sit in several zones.
        if isinstance(value, datetime):
            return f"{value:%Y-%m-%d %H:%M} UTC"
        return self.say(language, str(value)) if name.startswith("said_") else value


def colour(reasons: tuple[Reason, ...]) -> str:
    """Red is kept for danger to a person, as in the console."""
    if PERSON_AT_RISK.intersection(reasons):
        return "🔴"
    return "🟠" if {Reason.PAYING, Reason.MONEY_RECENT}.intersection(reasons) else "⚪"
