"""A message in words: a receipt, a command, an answer, or more of the telling; read first for what cannot wait."""

from bot.conversation import phrases, words
from bot.conversation.adding import can_add
from bot.conversation.advance import advance, see_danger
from bot.conversation.after_filing import after_filing
from bot.conversation.answers import AnswerKind, Typed, read_answer
from bot.conversation.buttons import LABELS
from bot.conversation.card_pressing import press_card
from bot.conversation.events import Button, LookUp
from bot.conversation.meant import meant, someone_comes
from bot.conversation.placing import typed_place
from bot.conversation.pressing import answer, press
from bot.conversation.questions import BY_ID, EXPOSURE_WORDS, Question
from bot.conversation.receipts import looks_like_receipt
from bot.conversation.report import PAYING, fact_of
from bot.conversation.screens import screen, standing
from bot.conversation.session import Stage
from bot.conversation.small_talk import answered
from bot.conversation.steps import Step
from bot.conversation.taking import corrected_sum, extract, keep_words, take
from knowledge.dangers import Danger, Kind, Reading
from knowledge.language import Language, detect_language
from knowledge.observables import ObservableType

_YES_NO_CARDS = {
    Danger.CONTROLLER: ("controller:yes", "controller:no"),
    # "No" may well mean that there is nobody: only the button says that it isn't that.
    Danger.LIFE: ("life:alone", "life:alone"),
}
_SETTLED_BY = {
    "amount": (ObservableType.AMOUNT,),
    "when": (ObservableType.MOMENT,),
    "payee": (ObservableType.ACCOUNT, ObservableType.IBAN, ObservableType.WALLET),
}
_LONGEST_WORD = 200
"""Characters that no button's label has."""
_PATIENCE = 2
_LONG_ANSWER = 40
"""Characters from which an unreadable answer is taken as more of the telling."""


def said(step: Step, text: str, hint: str | None) -> Step:
    text = words.without_controls(text).strip()
    if looks_like_receipt(text):
        return step.ask(LookUp(text))
    if not words.has_words(text) and words.typed_button(text, ()) is None:
        return step.say(phrases.EMPTY)
    step = _listen(step, text)
    if (language := words.typed_language(text, step.session.language)) is not None:
        return step.change(language=language, language_chosen=True)
    pressed = words.typed_button(text, _buttons(step))
    if pressed is not None:
        return press(step, pressed)
    yes_no = _yes_no(step, text)
    if yes_no is not None:
        return press(step, yes_no)
    if someone_comes(step, text):
        return press_card(step.change(stage=Stage.CARD, card=Danger.CONTROLLER), "controller:no")
    button = meant(step, text)
    if button is not None and (step.session.stage is Stage.CARD or not cannot_wait(step, text)):
        return press(_told_with(step, text, hint), button)
    return answered(step, text, hint) or typed_place(step, text) or _words(step, text, hint)


def overheard(step: Step, text: str, hint: str | None) -> Step:
    """Words read off a picture: told like any, but never a word to the bot, and no answer to what it asks."""
    reading = step.book.reader.read(text)
    if _is_watched(step):
        return _keep(step, text, reading, hint, pictured=True)
    if not step.report.has_room_for(text):
        return step.say(phrases.TELLING_FULL)
    session = step.session
    if session.stage is Stage.QUESTION and session.question is not None:
        # If it does not answer what is asked, that is asked again.
        step = step.change(asked=tuple(asked for asked in session.asked if asked != session.question))
    if session.stage in {Stage.CLOSED, Stage.RECEIPT, Stage.RETURNED}:
        step = step.change(stage=Stage.OPEN, opened=None, past=())
    return advance(take(step, text, reading, hint, pictured=True))


def said_to_the_screen(step: Step, text: str) -> str | None:
    """The button that was typed, or what else is a word to the bot and no part of a telling: a receipt, a language."""
    text = words.without_controls(text).strip()
    if looks_like_receipt(text):
        return "receipt"
    if len(text) > _LONGEST_WORD:
        return None
    if words.typed_language(text, step.session.language) is not None:
        return "language"
    return words.typed_button(text, _buttons(step)) or _yes_no(step, text) or meant(step, text)


def cannot_wait(step: Step, text: str) -> bool:
    """Whether there is a danger in it whose card is still to come."""
    return _waits_for_a_card(step, step.book.reader.read(text))


def _listen(step: Step, text: str) -> Step:
    """Speaks the language the person writes, unless they chose one. One short word says little about a language."""
    if step.session.speaks_as is None and words.is_cantonese(text):
        step = step.change(speaks_as="HK")
    if step.session.language_chosen:
        return step
    heard = detect_language(text)
    if heard is None or (heard is Language.EN and len(text) < 8 and step.session.language is not Language.EN):
        return step
    return step.change(language=heard)


def _buttons(step: Step) -> tuple[Button, ...]:
    shown = tuple(button for reply in screen(step.book, step.session, step.now) for button in reply.buttons)
    return (*shown, *standing(step.book, step.session))


def _yes_no(step: Step, text: str) -> str | None:
    """A typed yes or no, as the button of the screen it answers."""
    yes, no = words.is_yes(text), words.is_no(text)
    if not (yes or no):
        return None
    buttons: tuple[str, str] | None = None
    match step.session.stage:
        case Stage.CARD:
            buttons = _YES_NO_CARDS.get(step.session.card or Danger.MONEY_GONE)
        case Stage.CLARIFY:
            buttons = ("clarify:yes", "clarify:no")
        case Stage.OFFER:
            buttons = ("offer:yes", "offer:no")
        case Stage.SAFETY:
            buttons = ("safety:someone", "safety:only-me")
        case Stage.RETURNED:
            buttons = ("resume", "restart")
        case Stage.WITHDRAWING:
            buttons = ("withdraw:yes", "withdraw:no")
        case Stage.EXPOSURE if no:
            return "exposure:nothing"
        case _:
            return None
    if buttons is None:
        return None
    return buttons[0] if yes else buttons[1]


def _words(step: Step, text: str, hint: str | None) -> Step:
    reading = step.book.reader.read(text)
    if step.session.tip is not None or can_add(step):
        return after_filing(step, text, reading)
    if _is_watched(step):
        return _keep(step, text, reading, hint)
    if _waits_for_a_card(step, reading):
        return advance(take(step, text, reading, hint))
    match step.session.stage:
        case Stage.REVIEW if words.is_yes(text) or words.is_no(text):
            # "Anything to add?" "No." Filing takes the word on the button, and who says "good" may think it sent.
            return step.say(phrases.NOT_SENT, button=step.voice.say(LABELS["submit"]))
        case _ if _was_about_to_pay(step) and words.says_it_is_gone(text):
            return advance(see_danger(keep_words(step, text), Danger.MONEY_GONE))
        case Stage.QUESTION:
            return _answer_or_more(step, text, reading, hint)
        case Stage.EXPOSURE if len(text) < _LONG_ANSWER and (done := _done(text)) is not None:
            return press(keep_words(step, text), f"exposure:{done}")
        case Stage.WHICH_DANGER if not step.session.misread and step.report.has_room_for(text):
            return _which_danger(step, text, reading, hint)
        case Stage.CLOSED | Stage.RECEIPT | Stage.RETURNED:
            step = step.change(stage=Stage.OPEN, opened=None, past=())
        case _:
            pass
    if not step.report.has_room_for(text):
        return step.say(phrases.TELLING_FULL)
    if step.session.stage is Stage.REVIEW:
        step = step.say(phrases.ADDED_LINE)
    return advance(take(step, text, reading, hint))


def _told_with(step: Step, text: str, hint: str | None) -> Step:
    """What was said beside the answer to a card counts as well."""
    if step.session.stage is not Stage.CARD or not step.report.has_room_for(text):
        return keep_words(step, text)
    return take(step, text, step.book.reader.read(text), hint)


def _was_about_to_pay(step: Step) -> bool:
    """What went out of a lent account was not theirs to lose."""
    report = step.report
    return PAYING in report.answers and report.lost != "paid" and report.kind is not Kind.MULE


def _which_danger(step: Step, text: str, reading: Reading, hint: str | None) -> Step:
    """Somebody is said to be in danger: where no card fits the words, that is asked once more, and not about a scam."""
    step = take(step, text, reading, hint)
    if reading.dangers or step.report.kind in {Kind.HELD, Kind.INSIDER}:
        return advance(step)
    return step.change(misread=1)


def _is_watched(step: Step) -> bool:
    """On a watched phone, and while a life is in danger, nothing more is asked until the person says so."""
    quiet_cards = {Danger.LIVE_CONTROL, Danger.CONTROLLER, Danger.LIFE}
    return step.session.stage is Stage.CARD and step.session.card in quiet_cards


def _keep(step: Step, text: str, reading: Reading, hint: str | None, *, pictured: bool = False) -> Step:
    """What is told meanwhile is kept; the same card stays, and only a more pressing one takes its place."""
    if step.report.has_room_for(text):
        step = take(step, text, reading, hint, pictured=pictured)
        if step.session.card is Danger.CONTROLLER:
            # The card alone would say once more what they did not answer, as if nobody had read it.
            step = step.say(phrases.ADDED_LINE)
    more_pressing = step.session.waiting[:1]
    if more_pressing and tuple(Danger).index(more_pressing[0]) < tuple(Danger).index(step.session.card or Danger.MULE):
        return advance(step)
    return step


def _waits_for_a_card(step: Step, reading: Reading) -> bool:
    return any(danger not in step.session.cards or danger is Danger.LIFE for danger in reading.dangers)


def _done(text: str) -> str | None:
    return next((done for word, done in EXPOSURE_WORDS.items() if words.says(text.casefold(), word)), None)


def _answer_or_more(step: Step, text: str, reading: Reading, hint: str | None) -> Step:
    question = BY_ID[step.session.question or "amount"]
    typed = Typed(text, tuple(fact_of(o) for o in extract(step, text)))
    value = read_answer(question.kind, typed, _choice_words(step, question))
    if question.kind is not AnswerKind.TEXT and len(text) >= _LONG_ANSWER:
        return advance(take(step, text, reading, hint))
    if question.kind is not AnswerKind.AMOUNT and _corrects_a_sum(step, text, typed):
        # What was asked meanwhile is asked again.
        step = step.change(asked=tuple(asked for asked in step.session.asked if asked != question.id))
        return advance(take(step.say(phrases.ADDED_LINE), text, reading, hint))
    if value is None:
        return _misread(step, question, text, reading, hint)
    if question.kind is AnswerKind.CHOICE:
        return press(keep_words(step, text), f"answer:{value}")
    # How to reach the person is no part of what happened, and must never pass for an account of the swindler's.
    if question.kind is not AnswerKind.YES_NO and question.id != "contact":
        step = _take_answer(step, question, text)
    return answer(step, question, value)


def _corrects_a_sum(step: Step, text: str, typed: Typed) -> bool:
    is_sum = any(fact.type == ObservableType.AMOUNT for fact in typed.facts)
    return words.corrects(text) and (is_sum or bool(corrected_sum(step, text, ())))


def _misread(step: Step, question: Question, text: str, reading: Reading, hint: str | None) -> Step:
    """What can't be read as an answer is kept all the same, and may answer another question."""
    if step.report.has_room_for(text):
        step = take(step, text, reading, hint)
        if not question.optional and not question.missing(step.report):
            return advance(step)
    if any(note.urgent for note in step.notes):
        # What they wrote was heard, and answered.
        return step
    misread = step.session.misread + 1
    if misread < _PATIENCE or question.optional:
        return step.say(phrases.NOT_READ if misread < _PATIENCE else phrases.NOT_READ_TWICE).change(misread=misread)
    # Asked a third time, they leave, and what they told goes with them.
    return advance(step.say(phrases.LEFT_OUT).change(misread=0))


def _take_answer(step: Step, question: Question, text: str) -> Step:
    """An answer's words belong to the telling, but need no new match; a second answer takes the first one's place."""
    session, report = step.session, step.report
    before = report.answers.get(question.id)
    changing = session.resume is not None and session.resume.stage is Stage.CHANGE
    if before is not None or changing:
        report = report.without_line(before).without_facts(*_SETTLED_BY.get(question.id, ()))
    return keep_words(step.change(report=report), text, covered=session.matched == len(session.report.lines))


def _choice_words(step: Step, question: Question) -> dict[str, str]:
    labels = {words.typed(step.voice.button(f"answer:{choice}").label): choice for choice in question.choices}
    return {**question.words, **labels}
