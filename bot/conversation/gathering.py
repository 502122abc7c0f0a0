"""Several messages written in a row are one telling: they are gathered until nothing more comes, then read as one."""

from dataclasses import replace

from bot.conversation import phrases
from bot.conversation.advance import see_danger
from bot.conversation.events import MAX_TEXT, Attached, Attachment, Part, Said, Wait
from bot.conversation.exhibits import is_due, refuses_pictures, speak
from bot.conversation.session import Gathering, Piece, Session, Stage
from bot.conversation.steps import Step
from bot.conversation.telling import cannot_wait, said, said_to_the_screen

_LONGEST = 4
"""Pauses after which what was gathered is read even if more keeps coming."""
_OVERDUE = 60
"""Pauses after which whoever was to come back is given up, and asked again."""
_KNOWN = 40
"""Pieces kept to know them again when they are written anew."""
_NOT_WORDS = {
    Attachment.VOICE: phrases.VOICE,
    Attachment.VIDEO: phrases.VOICE,
    Attachment.PICTURE: phrases.PICTURE,
    Attachment.FILE: phrases.PICTURE,
    Attachment.STICKER: phrases.STICKER,
    Attachment.OTHER: phrases.STICKER,
}


def gather(step: Step, part: Part, hint: str | None) -> Step:
    """Keep the part and say nothing yet, unless it is a word to the bot rather than to the story."""
    piece = _piece(part)
    step, piece = _anew(step, piece)
    to_the_screen = said_to_the_screen(step, piece.text) if piece.what is None else None
    if to_the_screen is not None:
        step = with_gathered(step) if to_the_screen == "submit" else step
        return said(_next(step), piece.text, hint)
    if not part.pause:
        return _read(_next(step), (piece,), hint)
    now, session = step.now, step.session
    held = session.gathering or Gathering((), now, now)
    is_first = not held.pieces or (now - held.due) > part.pause * _OVERDUE
    due = held.due
    if not held.hurried:
        due = now + part.pause if not held.pieces else min(now + part.pause, held.since + part.pause * _LONGEST)
    hurried = held.hurried or cannot_wait(step, piece.text)
    step = step.change(gathering=Gathering((*held.pieces, piece), held.since, due, hurried))
    return step.ask(Wait(due)) if is_first else step.end()


def paused(step: Step, hint: str | None) -> Step:
    """Read what was gathered; nothing happens where it was read already, or more has come since."""
    held = step.session.gathering
    if is_due(step):
        step = speak(step, hint)
        return step if held is None or step.now < held.due else read_now(_next(step), hint)
    if held is None:
        return step.end()
    if step.now < held.due:
        return step.ask(Wait(held.due))
    return read_now(_next(step), hint)


def read_now(step: Step, hint: str | None) -> Step:
    """Read what was gathered, in a turn that has begun."""
    held = step.session.gathering
    return step if held is None else _read(step.change(gathering=None), held.pieces, hint)


def attached(step: Step, event: Attached, hint: str | None) -> Step:
    """The words beside what is no text are read like any; then it is decided upon."""
    return _read(step, (Piece(event.caption, event.what, file=event.file),), hint)


def with_gathered(step: Step) -> Step:
    """What was written just before "submit" belongs to the report."""
    held = step.session.gathering
    if held is None or step.session.tip is not None:
        return step
    words = text_of(held)
    step = step.change(gathering=None)
    if not words or not step.report.has_room_for(words):
        return step
    found = step.book.extractor.extract(words, country=step.session.country, now=step.now)
    step = step.change(report=step.report.tell(words, found))
    return see_danger(step, *step.book.reader.read(words).dangers)


def text_of(gathering: Gathering | None) -> str:
    """All the words that wait."""
    return "" if gathering is None else _words(gathering.pieces)


def _read(step: Step, pieces: tuple[Piece, ...], hint: str | None) -> Step:
    words = _words(pieces)
    if (length := sum(len(piece.text) for piece in pieces)) > MAX_TEXT:
        return step.say(phrases.TOO_LONG, length=length, limit=MAX_TEXT)
    known = tuple(piece for piece in pieces if piece.ref and piece.text.strip())
    album = tuple(piece for piece in pieces if piece.file is not None)
    step = step.change(exhibits=replace(step.session.exhibits, album=album, alone=not words))
    whats = [piece.what for piece in pieces if piece.what is not None and piece.file is None]
    if whats:
        # What cannot be fetched is answered once, not once a picture; the refusal for a child comes before all else.
        step = step.say(phrases.PICTURE_REFUSED if refuses_pictures(step.session) else _NOT_WORDS[whats[0]])
    if album and not words:
        # What is on the screen stays as it is, and so do its buttons.
        step = step.change(turn=step.session.turn - 1)
    if words or not (whats or album):
        step = said(step, words, hint)
    if step.session.stage is Stage.CLOSED or step.session.tip is not None:
        return step
    return step.change(read=(*step.session.read, *known)[-_KNOWN:])


def _anew(step: Step, piece: Piece) -> tuple[Step, Piece]:
    """Without what the same message said before; what was filed already stays, and the new words are added to it."""
    session = step.session
    if not piece.ref:
        return step, piece
    held = session.gathering
    if held is not None and any(old.ref == piece.ref for old in held.pieces):
        others = tuple(old for old in held.pieces if old.ref != piece.ref)
        return step.change(gathering=replace(held, pieces=others)), piece
    for old in session.read:
        if old.ref == piece.ref:
            rest = tuple(one for one in session.read if one.ref != piece.ref)
            report = session.report.without_words(old.text.strip())
            covered = min(session.matched, len(report.lines))
            return step.change(read=rest, report=report, matched=covered), piece
    return step, piece


def _piece(part: Part) -> Piece:
    match part.said:
        case Said(text):
            return Piece(text, None, part.place, part.ref)
        case Attached(what, caption, file):
            return Piece(caption, what, part.place, part.ref, file)


def _words(pieces: tuple[Piece, ...]) -> str:
    ordered = sorted(pieces, key=lambda piece: piece.place)
    return "\n".join(piece.text.strip() for piece in ordered if piece.text.strip())


def _next(step: Step) -> Step:
    """What is read makes a new screen."""
    session: Session = step.session
    return step.change(turn=session.turn + 1)
