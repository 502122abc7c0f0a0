"""Whatever is said or pressed, in whatever order: nothing crashes, is lost, is filed twice, or is sent unasked."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from bot.conversation.book import Book
from bot.conversation.buttons import LABELS
from bot.conversation.events import (
    Add,
    Attached,
    Attachment,
    Brought,
    Handle,
    Item,
    Opened,
    Part,
    Paused,
    Pressed,
    Said,
    TooLong,
    Unkept,
)
from bot.conversation.exhibits import refuses_pictures
from bot.conversation.saved import SavedForm
from bot.conversation.session import Stage
from knowledge.dangers import Danger
from knowledge.language import Language
from knowledge.matching import Matcher
from tests.bot.conversation.shell import RECEIPT, Talk, talk

TELLINGS = (
    "我刚被骗了 刚转了4万8给他们 说是京东客服",
    "I've just sent $4,800 by Zelle to someone who said he was from my bank",
    "我弟弟在缅甸被关着 要我们交20万赎人",
    "他們叫我把金融卡寄過去 說幫我做流水",
    "i don't want to be here anymore, please look after my cat, goodbye",
    "they told me to stay on the line, they can see my screen right now",
    "I'm 14 and someone has my pictures",
    "明天早上的飞机去柬埔寨做客服，机票他们买的",
    "is this real? your parcel is held, pay 1.99 at hxxps://post[.]top",
    "he is standing behind me, can't talk",
    "hello",
    "5000",
    "昨天",
    "yes",
    "no",
    "中文",
    "stop",
    "back",
    "skip",
    "submit",
    "傻逼",
    RECEIPT,
    "AAAA-BBBB-CCCC-1111",
    "👍👍",
    "   ",
    "<script>alert(1)</script>'; DROP TABLE tips;--",
    "\u202etxt.exe\u202c \x00\x07",
)
KINDS_OF_UNKEPT = st.sampled_from([why for why in Unkept if why is not Unkept.REFUSED])
MUST_NOT_BE_SAID = ("you are safe", "it is safe", "这是安全的", "這是安全的", "一定能追回", "guaranteed")


def conversation_machine(make: Callable[[], Talk]) -> type[RuleBasedStateMachine]:
    class AnySequence(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.talk = make()
            self.form = SavedForm()

        @rule(text=st.sampled_from(TELLINGS) | st.text(max_size=80))
        def says(self, text: str) -> None:
            before = self.talk.session
            effects = len(self.talk.effects)
            self.talk.send(Said(text))
            assert self.talk.replies, "every message is answered"
            clean = text.strip()
            is_plain_telling = clean in TELLINGS[:10]
            if is_plain_telling and before.stage is not Stage.CLOSED:
                added = [effect.text for effect in self.talk.effects[effects:] if isinstance(effect, Add)]
                kept = (*self.talk.session.report.lines, *added)
                assert clean in kept, "what is told is kept"

        @rule(text=st.sampled_from(TELLINGS) | st.text(max_size=80), ref=st.sampled_from(("", "1", "2")))
        def writes_a_part(self, text: str, ref: str) -> None:
            self.talk.send(Part(Said(text), timedelta(seconds=1), ref=ref))
            assert self.talk.replies or self.talk.session.gathering, "it is answered, or will be"

        @rule(seconds=st.integers(0, 5))
        def pauses(self, seconds: int) -> None:
            self.talk.now += timedelta(seconds=seconds)
            before = self.talk.session
            arrived = before.exhibits.due
            self.talk.send(Paused())
            if before.gathering is not None and before.gathering.due <= self.talk.now:
                assert self.talk.replies
                assert self.talk.session.gathering is None
            else:
                assert bool(self.talk.replies) is (arrived is not None and arrived <= self.talk.now)

        @rule(choice=st.integers(min_value=0, max_value=40))
        def presses_what_is_there(self, choice: int) -> None:
            buttons = self.talk.buttons()
            if buttons:
                self.talk.send(Pressed(buttons[choice % len(buttons)].id, self.talk.session.turn))
                assert self.talk.replies, "every button is answered"

        @rule(button=st.sampled_from(sorted(LABELS)) | st.text(max_size=20), behind=st.integers(0, 3))
        def presses_what_is_not_there(self, button: str, behind: int) -> None:
            self.talk.send(Pressed(button, self.talk.session.turn - behind))

        @rule(what=st.sampled_from(Attachment))
        def attaches(self, what: Attachment) -> None:
            lines = self.talk.session.report.lines
            self.talk.send(Attached(what))
            assert self.talk.replies
            assert self.talk.session.report.lines == lines

        @rule(
            what=st.sampled_from((Attachment.PICTURE, Attachment.VOICE, Attachment.FILE)),
            name=st.sampled_from("abc"),
            caption=st.just("") | st.sampled_from(TELLINGS),
        )
        def sends_a_file(self, what: Attachment, name: str, caption: str) -> None:
            self.talk.send(Attached(what, caption, Handle(name, name)))
            assert self.talk.replies

        @rule(
            which=st.integers(0, 2), words=st.just("") | st.sampled_from(TELLINGS), unkept=st.none() | KINDS_OF_UNKEPT
        )
        def a_file_arrives(self, which: int, words: str, unkept: Unkept | None) -> None:
            awaited = self.talk.session.exhibits.awaited
            if awaited:
                one = awaited[which % len(awaited)]
                item = Item(one.name, one.what, unkept, "" if unkept else words)
                self.talk.send(Brought((item,), fetched=True))
                waits = self.talk.session.exhibits
                assert self.talk.replies or (waits.arrived and waits.awaited)

        @rule(name=st.sampled_from("abc"))
        def a_file_arrives_that_nobody_waits_for(self, name: str) -> None:
            before = self.talk.session
            if name not in {one.name for one in before.exhibits.awaited} and not before.exhibits.arrived:
                self.talk.send(Brought((Item(name, Attachment.PICTURE, words=TELLINGS[0]),), fetched=True))
                assert not self.talk.replies
                assert self.talk.session == before

        @rule()
        def comes_back(self) -> None:
            self.talk.now += timedelta(hours=5)
            lines = self.talk.session.report.lines
            self.talk.send(Opened(returned=True))
            assert self.talk.session.report.lines == lines

        @rule(length=st.integers(16_385, 10**7))
        def is_too_long(self, length: int) -> None:
            self.talk.send(TooLong(length))
            assert self.talk.replies

        @rule()
        def is_saved_and_loaded(self) -> None:
            kept = self.form.dump(self.talk.session)
            assert self.form.load(kept) == self.talk.session

        @invariant()
        def no_picture_is_on_its_way_where_it_may_be_intimate(self) -> None:
            session = self.talk.session
            if refuses_pictures(session):
                assert all(one.what is Attachment.VOICE for one in session.exhibits.on_their_way)

        @invariant()
        def two_messages_at_most(self) -> None:
            assert len(self.talk.replies) <= 2

        @invariant()
        def nothing_is_filed_twice(self) -> None:
            filings = [(file.report.lines, file.report.answers) for file in self.talk.filed]
            started_anew = self.talk.news
            assert len(filings) <= 1 + started_anew

        @invariant()
        def never_called_safe_and_nothing_promised(self) -> None:
            said = self.talk.text.lower()
            assert not any(words in said for words in MUST_NOT_BE_SAID)

        @invariant()
        def a_receipt_is_never_kept_in_a_history(self) -> None:
            assert all(reply.once for reply in self.talk.replies if RECEIPT in reply.text)

        @invariant()
        def nothing_is_filed_while_a_life_is_asked_about(self) -> None:
            session = self.talk.session
            if session.stage is Stage.CARD and session.card is Danger.LIFE:
                assert RECEIPT not in self.talk.text

        @invariant()
        def a_report_about_a_minor_or_by_an_insider_stays_quiet(self) -> None:
            session = self.talk.session
            if session.quiet:
                asked = [reply for reply in self.talk.replies if session.stage is Stage.QUESTION]
                assert all(reply.silent for reply in asked[-1:])

    return AnySequence


@pytest.mark.timeout(400)  # hundreds of turns, beside whatever else the machine does
@pytest.mark.parametrize("language", Language)
def test_no_sequence_of_events_crashes_loses_or_files_twice(book: Book, matcher: Matcher, language: Language) -> None:
    machine = conversation_machine(lambda: talk(book, matcher, language))
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=20, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
