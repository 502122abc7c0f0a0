"""What was sent that is no text: whether it is fetched, what is said of it once it is here, and what was read off it.

Pictures are decided upon last in a turn, once the words beside them are read and matched: where a child or extortion
with pictures is concerned, they are refused before anything of them is fetched.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType

from bot.conversation import phrases
from bot.conversation.adding import adds_to
from bot.conversation.advance import advance
from bot.conversation.events import (
    MAX_FILE,
    Add,
    Attachment,
    Brought,
    Drop,
    Effect,
    Fetch,
    Item,
    Keep,
    Unkept,
    Wait,
)
from bot.conversation.events import Match as MatchEffect
from bot.conversation.receipts import without_receipts
from bot.conversation.session import Arrived, Awaited, Piece, Session, Stage
from bot.conversation.steps import Step
from bot.conversation.telling import cannot_wait, overheard
from knowledge.dangers import Danger
from knowledge.matching import Likeness, Matching

MOST = 20
"""Files kept with one report."""
_TOGETHER = timedelta(seconds=4)
"""How long those of an album that are here wait for the others."""
_QUOTED = 60
"""Characters of what was read that are said back."""
_IMAGES = frozenset({Attachment.PICTURE, Attachment.VIDEO, Attachment.FILE})
"""What may show a person: a file may be a picture as well."""
_INTIMATE = frozenset({"minor-sextortion", "nude-chat-extortion"})
"""The scams in which people are extorted with pictures of them."""
_UNKEPT = MappingProxyType(
    {
        Unkept.TOO_BIG: phrases.FILE_TOO_BIG,
        Unkept.TOO_MANY: phrases.FILE_TOO_MANY,
        Unkept.EMPTY: phrases.FILE_EMPTY,
        Unkept.UNSUPPORTED: phrases.FILE_UNSUPPORTED,
        Unkept.LOST: phrases.FILE_LOST,
        Unkept.REFUSED: phrases.PICTURE_REFUSED,
        Unkept.KNOWN: phrases.FILE_KNOWN,
    }
)


def refuses_pictures(session: Session) -> bool:
    """Whether pictures are refused before they are looked at."""
    return session.minor or session.intimate


def awaits(session: Session, name: str) -> bool:
    """Whether a file is still wanted that was to be fetched."""
    return any(one.name == name and not _is_refused(session, one.what) for one in session.exhibits.awaited)


def heed(step: Step, matching: Matching) -> Step:
    """What was matched says whether pictures may be intimate."""
    best = {match.pattern for match in matching.matches[:2]}
    is_extortion = matching.likeness is not Likeness.UNKNOWN and bool(best & _INTIMATE)
    return step.change(intimate=True) if is_extortion else step


def settle(step: Step, before: Session) -> Step:
    """At the end of a turn that began with `before`: what may not stay goes, and what came is fetched or refused."""
    step = _purge(step, before)
    session, exhibits = step.session, step.session.exhibits
    if not exhibits.album or any(map(awaits_answer, step.effects)):
        return step
    is_matched = session.tip is not None or session.matched == len(step.report.lines)
    if not (is_matched or exhibits.weighing or step.ended):
        return _set(step, weighing=True).ask(MatchEffect(step.report.telling))
    step = _set(step, album=(), alone=False, weighing=False)
    for piece in exhibits.album:
        step = _fetch(step, piece)
    is_coming = len(step.session.exhibits.awaited) > len(exhibits.awaited)
    # Beside words, these are answered. What is on it follows in a moment: the same screen in between would only be in
    # the way.
    return step.say(phrases.FILE_COMING).end() if is_coming and exhibits.alone else step


def awaits_answer(effect: Effect) -> bool:
    """Whether an event answers the effect, before which nothing is shown."""
    return not isinstance(effect, Fetch | Keep | Drop)


def brought(step: Step, event: Brought, hint: str | None) -> Step:
    """Keep what is wanted, and speak of all that belongs together at once."""
    before = step
    for item in event.items:
        step = _arrive(step, item, is_fetched=event.fetched)
    exhibits = step.session.exhibits
    if not exhibits.arrived:
        # Given up meanwhile, with the report it belonged to.
        return before.end()
    is_urgent = any(cannot_wait(step, one.item.words) for one in exhibits.arrived if one.item.words)
    if is_urgent or not exhibits.awaited:
        return speak(step, hint)
    if exhibits.due is None:
        due = step.now + _TOGETHER
        return _set(step, due=due).ask(Wait(due))
    return step.end()


def is_due(step: Step) -> bool:
    """Whether what has arrived is to be spoken of now, whatever is still on its way."""
    due = step.session.exhibits.due
    return due is not None and step.now >= due


def speak(step: Step, hint: str | None) -> Step:
    """Say what became of what arrived, and take what was read off it for told."""
    arrived = step.session.exhibits.arrived
    step = _set(step, arrived=(), due=None)
    for unkept in dict.fromkeys(one.item.unkept for one in arrived if one.item.unkept is not None):
        step = step.say(_UNKEPT[unkept], limit=MAX_FILE // 1024 // 1024, most=MOST)
    kept = [one for one in arrived if one.item.unkept is None]
    told = [one.item for one in kept if one.awaited.tip is None]
    words = "\n".join(item.words for item in told if item.words)
    for sentence in dict.fromkeys(_kept(item) for item in told):
        step = step.say(sentence, words=step.voice.quote(_shortened(words)))
    added = [one for one in kept if one.awaited.tip is not None]
    has_just_begun = bool(told) and step.session.stage in {Stage.OPEN, Stage.CLOSED}
    if not (words or added or has_just_begun):
        # Nothing changes on the screen that stands there, and its buttons stay good.
        return step.end()
    step = _pass_on(step.change(turn=step.session.turn + 1), added)
    if words:
        return overheard(step, words, hint)
    return advance(step.change(stage=Stage.OPEN, opened=None, past=())) if has_just_begun else step


def _fetch(step: Step, piece: Piece) -> Step:
    session, file = step.session, piece.file
    if file is None or piece.what is None:
        return step
    known = {*session.exhibits.kept, *(one.name for one in session.exhibits.awaited)}
    target = adds_to(step)
    if file.name in known:
        # A message that was written anew brings its picture once more: nothing to say of it.
        return step
    if _is_refused(session, piece.what):
        was_said = step.voice.say(phrases.PICTURES_ERASED) in [note.text for note in step.notes]
        return step if was_said else _say_once(step, phrases.PICTURE_REFUSED)
    if len(known) >= MOST:
        return _say_once(step, phrases.FILE_TOO_MANY, most=MOST)
    if file.size is not None and file.size > MAX_FILE:
        return _say_once(step, phrases.FILE_TOO_BIG, limit=MAX_FILE // 1024 // 1024)
    awaited = Awaited(file.name, piece.what, *(target or ()))
    return _set(step, awaited=(*session.exhibits.awaited, awaited)).ask(Fetch(piece.what, file))


def _arrive(step: Step, item: Item, *, is_fetched: bool) -> Step:
    exhibits = step.session.exhibits
    awaited = next((one for one in exhibits.awaited if one.name == item.name), None)
    if awaited is None:
        if is_fetched:
            return step
        awaited = Awaited(item.name, item.what, *(adds_to(step) or ()))
    step = _set(step, awaited=tuple(one for one in exhibits.awaited if one.name != item.name))
    item = _judged(step, replace(item, words=without_receipts(item.words)))
    if item.unkept is None:
        step = _set(step, kept=(*exhibits.kept, item.name)).ask(Keep(item.name, awaited.tip))
    return _set(step, arrived=(*exhibits.arrived, Arrived(awaited, item)))


def _judged(step: Step, item: Item) -> Item:
    """The item, or why it is not kept."""
    session = step.session
    is_of_a_child = bool(item.words) and Danger.MINOR in step.book.reader.read(item.words).dangers
    unkept = item.unkept
    if _is_refused(session, item.what) or (is_of_a_child and item.what in _IMAGES):
        unkept = Unkept.REFUSED
    elif unkept is None and item.name in session.exhibits.kept:
        unkept = Unkept.KNOWN
    elif unkept is None and len(session.exhibits.kept) >= MOST:
        unkept = Unkept.TOO_MANY
    return item if unkept is None else replace(item, unkept=unkept, words="")


def _pass_on(step: Step, arrived: Iterable[Arrived]) -> Step:
    """To filed tips: staff see that something came, and its words."""
    of_tips: dict[tuple[str, bool], list[Item]] = {}
    for one in arrived:
        of_tips.setdefault((one.awaited.tip or "", one.awaited.answer), []).append(one.item)
    for (tip, answer), items in of_tips.items():
        sent = [step.voice.say(phrases.SENT[item.what]) for item in items]
        words = [item.words for item in items if item.words]
        step = step.ask(Add(tip, "\n".join((*dict.fromkeys(sent), *words)), answer=answer))
    return step


def _purge(step: Step, before: Session) -> Step:
    """Once it is known that pictures may be intimate: of a child, none is kept; of others, no more are fetched."""
    session, exhibits = step.session, step.session.exhibits
    if not refuses_pictures(session):
        return step
    wanted = tuple(one for one in exhibits.awaited if one.tip is not None or one.what not in _IMAGES)
    is_new = session.minor and not before.minor
    is_kept_no_longer = is_new and session.tip is None and bool(exhibits.kept)
    if len(wanted) == len(exhibits.awaited) and not is_kept_no_longer:
        return step
    step = _set(step, awaited=wanted, kept=() if is_kept_no_longer else exhibits.kept)
    return step.say(phrases.PICTURES_ERASED if is_kept_no_longer else phrases.PICTURE_REFUSED)


def _kept(item: Item) -> str:
    match item.what:
        case Attachment.VOICE | Attachment.VIDEO:
            return phrases.RECORDING_KEPT
        case Attachment.FILE if item.words:
            return phrases.FILE_READ
        case _ if item.words:
            return phrases.PICTURE_READ
        case Attachment.PICTURE:
            return phrases.PICTURE_KEPT
        case _:
            return phrases.FILE_KEPT


def _shortened(words: str) -> str:
    """Enough to see whether it was read right."""
    line = " ".join(words.split())
    return line if len(line) <= _QUOTED else f"{line[:_QUOTED]}…"


def _is_refused(session: Session, what: Attachment) -> bool:
    return refuses_pictures(session) and what in _IMAGES


def _say_once(step: Step, sentence: str, **slots: object) -> Step:
    said = step.say(sentence, **slots)
    return step if said.notes[-1] in step.notes else said


def _set(step: Step, **changes: object) -> Step:
    return step.change(exhibits=replace(step.session.exhibits, **changes))  # type: ignore[arg-type] # its own fields
