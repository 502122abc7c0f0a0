"""Deciding, merging and asking, step by step: buttons where there are few choices, an answer where there are words."""

from dataclasses import dataclass

from bot.services.acts import DECISIONS, Unit, checked, named
from bot.services.desk_letters import Deletes, Words
from bot.services.desk_seats import Seat
from bot.services.permissions import Act, require
from bot.services.triage_errors import (
    AlreadyEnded,
    AuthorityMissing,
    HeldByAnother,
    NoReceipt,
    TextMissing,
    TextTooLong,
)
from bot.staff.desk import wording
from bot.staff.desk.callbacks import Button, Do
from bot.staff.desk.cards import Rows, button
from bot.staff.desk.drafts import IN_WORDS, Draft, Stage
from bot.staff.desk.naming import candidates, find_patterns
from bot.staff.desk.reading import Pressed, Wrote
from bot.staff.desk.room import Room
from bot.staff.desk.telling import mention
from bot.staff.wording import VERDICTS
from storage import desk_drafts, tips, verdicts
from storage.database import Transaction
from storage.errors import Circular
from storage.tips import Tip, Verdict

_ACTS = {Do.DECIDE: Act.DECIDE, Do.MERGE: Act.MERGE, Do.ASK: Act.ASK}
_AFTER_VERDICT = {Verdict.CONFIRMED: Stage.PATTERN, Verdict.PASSED_ON: Stage.AUTHORITY}
_FIRST = {Do.DECIDE: Stage.VERDICT, Do.MERGE: Stage.INTO, Do.ASK: Stage.QUESTION}


class NotYours(Exception):  # noqa: N818 - what was found out
    """The buttons are of a draft that the one who presses is not at."""


@dataclass(frozen=True)
class Dialogs:
    """Each step is a commit with its update's id; the last one is the act itself. Errors are triage's, and NotYours."""

    room: Room

    async def begin(self, seat: Seat, event: Pressed, tip_id: str, do: Do, guard: Unit) -> None:
        """`guard` is run first in the commit."""
        require(seat.actor, _ACTS[do])
        room = self.room
        mark = room.random(4).hex()
        draft = Draft(mark, tip_id, _FIRST[do], event.chat.number, event.chat.thread)

        def start(t: Transaction) -> None:
            guard(t)
            tip = tips.get(t, tip_id)
            _check_held(tip, seat)
            if do is Do.ASK and not tip.has_receipt:
                raise NoReceipt(tip_id)
            self._keep(t, seat, draft)
            room.letter(draft.chat, self._question(seat, draft, tip))(t)

        await room.enter(seat, event.update, start)

    async def press(self, seat: Seat, event: Pressed, pressed: Button) -> str:
        """A button of the draft; what to say at once, if anything."""
        draft = await self._at(seat, event.chat.number)
        if draft is None or bytes.fromhex(draft.mark) != pressed.stamp:
            raise NotYours
        if pressed.do is Do.CANCEL:
            await self.room.enter(seat, event.update, self._drop(seat), self._take_away(draft, event.message))
            return wording.CANCELLED
        after = self._chosen(draft, pressed)
        if after is None:
            raise NotYours

        def step(t: Transaction) -> None:
            tip = tips.get(t, draft.tip)
            _check_held(tip, seat)
            now = after
            if now.stage == Stage.PATTERN:
                now = now.at(Stage.PATTERN, offered=candidates(t, tip, self.room.catalogue()))
            self._keep(t, seat, now)
            self._ask(t, seat, now, tip, instead_of=event.message)

        await self.room.enter(seat, event.update, step)
        return ""

    async def answer(self, seat: Seat, event: Wrote) -> bool:
        """Words that finish or continue the draft; False where none are awaited."""
        draft = await self._at(seat, event.chat.number)
        if draft is None or draft.stage not in IN_WORDS:
            return False
        away = self._take_away(draft, event.message, *((event.answers,) if event.answers is not None else ()))
        room, text = self.room, event.text
        done = room.entering(seat, event.update, self._drop(seat), away, self._done(seat, draft))
        match Stage(draft.stage):
            case Stage.PATTERN_NAME:
                await self._name(seat, event, draft, away)
            case Stage.AUTHORITY:
                await self._go_on(seat, event, draft.at(Stage.REASON, authority=named(text)), away)
            case Stage.INTO:
                await self._into(seat, event, draft, away)
            case Stage.REASON:
                await room.acts.decide(
                    seat.actor, draft.tip, draft.verdict, text, draft.pattern, authority=draft.authority, also=done
                )
            case Stage.MERGE_REASON:
                await room.acts.merge(seat.actor, draft.tip, draft.into, text, also=done)
            case _:
                await room.acts.ask(seat.actor, draft.tip, text, also=done)
        return True

    async def refuse(self, seat: Seat, event: Wrote, error: Exception, said: str) -> None:
        """What was answered cannot be used: it stays where it is, and so does the draft if another answer would do."""
        is_over = not isinstance(error, AuthorityMissing | TextMissing | TextTooLong | Circular)
        words = Words(said, thread=event.chat.thread, asks=not is_over)
        await self.room.enter(
            seat,
            event.update,
            *((self._drop(seat),) if is_over else ()),
            self.room.letter(event.chat.number, words),
        )

    def _chosen(self, draft: Draft, pressed: Button) -> Draft | None:
        """The draft after a choice; None for a choice that was not offered."""
        match pressed.do, draft.stage:
            case Do.VERDICT, Stage.VERDICT if pressed.which < len(DECISIONS):
                verdict = DECISIONS[pressed.which]
                return draft.at(_AFTER_VERDICT.get(verdict, Stage.REASON), verdict=verdict)
            case Do.PATTERN, Stage.PATTERN if pressed.which < len(draft.offered):
                return draft.at(Stage.REASON, pattern=draft.offered[pressed.which])
            case Do.NO_PATTERN, Stage.PATTERN:
                return draft.at(Stage.REASON)
            case Do.OTHER, Stage.PATTERN:
                return draft.at(Stage.PATTERN_NAME)
            case _:
                return None

    async def _name(self, seat: Seat, event: Wrote, draft: Draft, away: Unit) -> None:
        room = self.room
        found = find_patterns(room.catalogue(), event.text)
        if not found:
            words = Words(
                room.wording.html(seat.language, wording.NO_SUCH_PATTERN), thread=event.chat.thread, asks=True
            )
            await room.enter(seat, event.update, away, room.letter(draft.chat, words))
            return
        one = draft.at(Stage.REASON, pattern=found[0]) if len(found) == 1 else draft.at(Stage.PATTERN, offered=found)
        await self._go_on(seat, event, one, away)

    async def _go_on(self, seat: Seat, event: Wrote, draft: Draft, away: Unit) -> None:
        """To the next question, after an answer in words."""

        def step(t: Transaction) -> None:
            tip = tips.get(t, draft.tip)
            _check_held(tip, seat)
            self._keep(t, seat, draft)
            self.room.letter(draft.chat, self._question(seat, draft, tip))(t)

        await self.room.enter(seat, event.update, away, step)

    async def _into(self, seat: Seat, event: Wrote, draft: Draft, away: Unit) -> None:
        into = checked(event.text)[:20].upper()

        def step(t: Transaction) -> None:
            tip = tips.get(t, draft.tip)
            _check_held(tip, seat)
            if verdicts.root_of(t, into).id == draft.tip:
                raise Circular(draft.tip)
            after = draft.at(Stage.MERGE_REASON, into=into)
            self._keep(t, seat, after)
            self.room.letter(draft.chat, self._question(seat, after, tip))(t)

        await self.room.enter(seat, event.update, away, step)

    def _ask(self, t: Transaction, seat: Seat, draft: Draft, tip: Tip, *, instead_of: int) -> None:
        """The next question, in the place of the last one; an answer in words needs a message of its own."""
        words = self._question(seat, draft, tip)
        if words.asks:
            self.room.letter(draft.chat, Deletes((instead_of,)))(t)
            self.room.letter(draft.chat, words)(t)
        else:
            self.room.letter(draft.chat, Words(words.text, words.rows, draft.thread, edits=instead_of))(t)

    def _question(self, seat: Seat, draft: Draft, tip: Tip) -> Words:
        html, language = self.room.wording.html, seat.language
        # In a group it is said to whom: their app opens the answer, and nobody else's.
        to = f"{mention(seat.person, seat.actor.name)} " if draft.chat != seat.person else ""
        slots: dict[str, object] = {"tip": draft.tip}
        match Stage(draft.stage):
            case Stage.VERDICT:
                text = to + html(language, wording.WHICH_VERDICT, **slots)
                return Words(text, self._verdicts(seat, draft), draft.thread)
            case Stage.PATTERN:
                text = to + html(language, wording.WHICH_PATTERN, **slots)
                return Words(text, self._patterns(seat, draft), draft.thread)
            case Stage.PATTERN_NAME:
                said = html(language, wording.NAME_PATTERN, **slots)
            case Stage.AUTHORITY:
                said = html(language, wording.WHICH_AUTHORITY, **slots)
            case Stage.REASON:
                verdict = self.room.wording.say(language, VERDICTS[draft.verdict])
                said = html(language, wording.WHY, verdict=verdict, **slots)
            case Stage.INTO:
                said = html(language, wording.WHICH_TIP, **slots)
            case Stage.MERGE_REASON:
                said = html(language, wording.WHY_ONE, into=draft.into, **slots)
            case Stage.QUESTION:
                tongue = self.room.lookup(language).language(tip.language)
                said = html(language, wording.WHAT_TO_ASK, language=tongue, **slots)
        return Words(to + said, thread=draft.thread, asks=True)

    def _verdicts(self, seat: Seat, draft: Draft) -> Rows:
        rows = [(self._button(seat, draft, VERDICTS[one], Do.VERDICT, which),) for which, one in enumerate(DECISIONS)]
        return (*rows, (self._button(seat, draft, wording.CANCEL, Do.CANCEL),))

    def _patterns(self, seat: Seat, draft: Draft) -> Rows:
        lookup = self.room.lookup(seat.language)
        rows = [
            (self._button(seat, draft, lookup.pattern(pattern), Do.PATTERN, which),)
            for which, pattern in enumerate(draft.offered)
        ]
        ends = (wording.OTHER, Do.OTHER), (wording.NO_PATTERN, Do.NO_PATTERN), (wording.CANCEL, Do.CANCEL)
        return (*rows, *((self._button(seat, draft, label, do),) for label, do in ends))

    def _button(self, seat: Seat, draft: Draft, label: str, do: Do, which: int = 0) -> tuple[str, str]:
        pressed = Button(do, draft.tip, bytes.fromhex(draft.mark), which)
        return button(self.room, draft.chat, seat.language, label, pressed)

    async def _at(self, seat: Seat, chat: int) -> Draft | None:
        room = self.room
        kept = await room.database.read(lambda t: desk_drafts.find(t, room.key, seat.person, now=room.clock()))
        draft = None if kept is None else Draft.load(kept)
        return draft if draft is not None and draft.chat == chat else None

    def _keep(self, t: Transaction, seat: Seat, draft: Draft) -> None:
        desk_drafts.keep(t, self.room.key, seat.person, draft.dump(), now=self.room.clock())

    def _drop(self, seat: Seat) -> Unit:
        return lambda t: desk_drafts.drop(t, self.room.key, seat.person)

    def _take_away(self, draft: Draft, *messages: int) -> Unit:
        """What is sealed here is not to stay there."""
        return self.room.letter(draft.chat, Deletes(messages))

    def _done(self, seat: Seat, draft: Draft) -> Unit:
        say, language = self.room.wording.html, seat.language
        match Stage(draft.stage):
            case Stage.REASON:
                verdict = self.room.wording.say(language, VERDICTS[draft.verdict])
                said = say(language, wording.DECIDED, tip=draft.tip, verdict=verdict)
            case Stage.MERGE_REASON:
                said = say(language, wording.MERGED, tip=draft.tip, into=draft.into)
            case _:
                said = say(language, wording.ASKED, tip=draft.tip)
        return self.room.letter(draft.chat, Words(said, thread=draft.thread))


def _check_held(tip: Tip, seat: Seat) -> None:
    """Who does not hold it need not be asked for a reason. Raises HeldByAnother, AlreadyEnded."""
    if not tip.is_open:
        raise AlreadyEnded(tip)
    if tip.claimed_by not in (None, seat.actor.name):
        raise HeldByAnother(tip.id, tip.claimed_by)
