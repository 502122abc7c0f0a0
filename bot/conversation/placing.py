"""Where the person is: guessed from what they wrote, else from what the channel knows of them."""

from bot.conversation.buttons import KEPT_THERE, PLACES
from bot.conversation.session import Stage
from bot.conversation.setting_pressing import press_setting
from bot.conversation.steps import Step
from knowledge.dangers import Danger, Kind
from knowledge.elsewhere import ELSEWHERE
from knowledge.observables import Look

_SOMEWHERE = frozenset({Kind.HELD, Kind.INSIDER})
"""Of these, a place that is named is where somebody is held or works, and no home."""


def placed(step: Step, hint: str | None) -> Step:
    """Before a word is told, the channel and the script say where the person is: a card needs its numbers now."""
    session = step.session
    if session.country is not None or session.country_chosen:
        return step
    return step.change(country=step.book.guess_country("", language=session.language, observables=(), hint=hint))


def place(step: Step, look: Look, hint: str | None) -> Step:
    if step.session.country_chosen:
        return step
    # Read with no country, or its guesses would repeat an earlier guess.
    observables = step.book.extractor.settle(look, country=None, now=step.now)
    telling = "\n".join((*step.report.lines, look.text))
    country = step.book.guess_country(telling, language=step.session.language, observables=observables, hint=hint)
    if country == ELSEWHERE:
        # Said by the person, so no hint of the channel's takes it back; the card offers to choose.
        return step.change(country=None, country_chosen=True)
    return step.change(country=country or step.session.country)


def typed_place(step: Step, text: str) -> Step | None:
    """The place set, where `text` names one and nothing else, or answers where they are; None where it does neither."""
    session = step.session
    if session.tip is not None or session.opened is not None or session.stage is Stage.QUESTION:
        return None
    was_asked = session.stage is Stage.PLACE
    if not was_asked and (step.report.kind in _SOMEWHERE or Danger.TRAVEL in step.report.dangers):
        return None
    country = step.book.name_country(text)
    if not was_asked and country in KEPT_THERE:
        return None
    if country is None and was_asked:
        # As an answer to where they are, a name is a place they live in.
        told = f"{text}\n" + (f"i live in {text}" if text.isascii() else f"我住在{text}")
        country = step.book.guess_country(told, language=None, observables=(), hint=None)
    if country is None:
        return None
    return press_setting(step, "place", country if country in PLACES else "other")
