"""The two settings a person has: the place they are in, and the language spoken to them."""

from bot.conversation import phrases
from bot.conversation.buttons import PLACES, REGIONS
from bot.conversation.session import Place, Stage
from bot.conversation.steps import Step
from knowledge.language import Language


def press_setting(step: Step, head: str, rest: str) -> Step:
    session = step.session
    # From one setting to the other, or to a region: what is gone back to is what was there before them.
    in_settings = session.stage in {Stage.PLACE, Stage.LANGUAGE}
    here = (session.resume if in_settings else None) or Place(session.stage, session.question)
    if head == "language" and not rest:
        return step.change(resume=here).goto(Stage.LANGUAGE)
    if head == "place" and rest in {"", "choose", *REGIONS}:
        asked = step if session.stage is Stage.PLACE else step.goto(Stage.PLACE)
        return asked.change(resume=here, question=rest if rest in REGIONS else None)
    resume = session.resume or here
    back = step.change(stage=resume.stage, question=resume.question, resume=None)
    if head == "language" and rest in set(Language):
        return back.change(language=Language(rest), language_chosen=True)
    if head == "place" and rest in PLACES:
        back = back.change(country=rest, country_chosen=True)
        return back.say(phrases.PLACE_SET, place=back.voice.place(rest))
    if head == "place" and rest == "other":
        return back.change(country=None, country_chosen=True).say(phrases.PLACE_OTHER)
    return step
