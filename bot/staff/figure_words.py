"""The dashboard's words for what its figures count."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.staff.wording import N_
from storage.flow_figures import Step

STEPS: Mapping[str, str] = MappingProxyType(
    {
        Step.LOOK: N_("Filed to first look"),
        Step.CLAIM: N_("Filed to claimed"),
        Step.QUESTION: N_("Filed to first question"),
        Step.REPLY: N_("Question to reply"),
        Step.DECISION: N_("Filed to decided"),
        Step.HANDLING: N_("Claimed to decided"),
    }
)

AGES = (
    N_("Under 1 hour"),
    N_("1 to 4 hours"),
    N_("4 to 24 hours"),
    N_("1 to 3 days"),
    N_("3 to 7 days"),
    N_("Over 7 days"),
)
"""Each band of storage.queue_health."""
