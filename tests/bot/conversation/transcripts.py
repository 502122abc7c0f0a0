"""Whole talks as text files: what was said and pressed, what happened meanwhile, and what was answered.

A file begins with `# key: value` lines (language, country, hint, and what is `matched` where a talk must not hang on
the knowledge's scores: see `saying`). Then, in turn: lines beginning "> " are one message, or a press where they are
"[label]"; lines beginning "= " happen meanwhile ("= staff ask: ...", "= 7 days later", "= in another channel",
"= a restart", "= comes back", "= pastes 20000 characters"); everything else is what was answered.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from bot.conversation.book import Book
from bot.conversation.events import Attached, Attachment, Opened, Pressed, Reply, TooLong
from bot.conversation.saved import SavedForm
from bot.conversation.session import Session
from knowledge.language import Language
from knowledge.matching import Matcher
from tests.bot.conversation.saying import Says
from tests.bot.conversation.shell import Talk

FOLDER = Path(__file__).parents[2] / "transcripts"


@dataclass
class Exchange:
    """`moves` came one after the other; `answer` is what the last of them was answered."""

    moves: list[str]
    answer: str = ""


@dataclass
class Transcript:
    settings: dict[str, str]
    exchanges: list[Exchange] = field(default_factory=list)

    @classmethod
    def read(cls, text: str) -> "Transcript":
        lines = text.split("\n")
        settings = dict(line[2:].split(": ", 1) for line in lines if line.startswith("# "))
        transcript = cls(settings)
        for is_move, block in _blocks(line for line in lines if not line.startswith("# ")):
            if is_move:
                transcript.exchanges.append(Exchange(_moves(block)))
            elif transcript.exchanges:
                transcript.exchanges[-1].answer = "\n".join(block).strip()
        return transcript

    def write(self) -> str:
        parts = ["\n".join(f"# {key}: {value}" for key, value in self.settings.items())]
        for exchange in self.exchanges:
            parts += ["\n".join(_marked(move) for move in exchange.moves), exchange.answer]
        return "\n\n".join(part for part in parts if part) + "\n"


def replay(transcript: Transcript, book: Book, matcher: Matcher, seen: list[tuple[Reply, ...]]) -> Transcript:
    """The same moves over the conversation as it is now; `seen` receives what stood on the screen after each."""
    matched = transcript.settings.get("matched")
    matcher = Says.read(matched) if matched is not None else matcher
    talk = Talk(book, matcher, _session(transcript.settings), hint=transcript.settings.get("hint"))
    again = Transcript(transcript.settings)
    for exchange in transcript.exchanges:
        for move in exchange.moves:
            _move(talk, move, transcript.settings)
            seen.append(talk.replies)
        again.exchanges.append(Exchange(exchange.moves, _shown(talk)))
    return again


def _session(settings: dict[str, str]) -> Session:
    return Session(language=Language(settings["language"]), country=settings.get("country"))


def _move(talk: Talk, move: str, settings: dict[str, str]) -> None:
    match move:
        case _ if move.startswith("= staff ask: "):
            talk.ask_from_staff(move.removeprefix("= staff ask: "))
            talk.replies = ()
        case _ if move.startswith("= ") and move.endswith(" later"):
            days = int(move.split()[1])
            talk.now += timedelta(days=days)
        case "= in another channel":
            talk.session, talk.replies = _session(settings), ()
        case "= a restart":
            form = SavedForm()
            talk.session, talk.replies = form.load(form.dump(talk.session)), ()
        case "= comes back":
            talk.send(Opened(returned=True))
        case _ if move.startswith("= sends "):
            talk.send(Attached(Attachment(move.removeprefix("= sends "))))
        case _ if move.startswith("= pastes ") and move.endswith(" characters"):
            talk.send(TooLong(int(move.split()[2])))
        case "= presses a stale button":
            talk.send(Pressed("submit", talk.session.turn - 1))
        case _ if move.startswith("[") and move.endswith("]"):
            talk.press(move[1:-1])
        case _:
            talk.say(move)


def _shown(talk: Talk) -> str:
    parts = []
    for reply in talk.replies:
        buttons = " ".join(f"[{button.label}]" for button in reply.buttons)
        parts.append(f"{reply.text}\n{buttons}".strip())
    return "\n\n".join(parts)


def _blocks(lines: Iterator[str]) -> Iterator[tuple[bool, list[str]]]:
    block: list[str] = []
    was_move = False
    for line in lines:
        is_move = line.startswith(("> ", "= "))
        if is_move != was_move and block:
            if any(part.strip() for part in block):
                yield was_move, block
            block = []
        was_move = is_move
        block.append(line)
    if any(part.strip() for part in block):
        yield was_move, block


def _moves(block: list[str]) -> list[str]:
    """Lines of one message stand together; a press and what happens meanwhile stand alone."""
    moves: list[str] = []
    open_message = False
    for line in block:
        if line.startswith("= "):
            moves.append(line)
            open_message = False
            continue
        said = line[2:]
        if said.startswith("[") and said.endswith("]"):
            moves.append(said)
            open_message = False
        elif open_message:
            moves[-1] += f"\n{said}"
        else:
            moves.append(said)
            open_message = True
    return moves


def _marked(move: str) -> str:
    return move if move.startswith("= ") else "\n".join(f"> {line}" for line in move.split("\n"))
