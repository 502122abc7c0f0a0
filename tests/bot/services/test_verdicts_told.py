"""What the reporter is told of a verdict, by the receipt: the present state, in plain words, in their language."""

from datetime import timedelta

import pytest

from bot.conversation.book import Book
from bot.conversation.events import OpenedTip, TipMessage
from bot.conversation.session import Session, Stage
from bot.conversation.tip_screen import tip_screen
from bot.services.merges import Merges
from bot.services.permissions import Actor
from knowledge.language import Language
from storage import examples, queueing
from storage.accounts import Role
from storage.queueing import QueueFilter
from storage.tips import Verdict
from tests.bot.services.conftest import Service
from tests.conftest import StoppedClock

CHEN = Actor("chen", Role.REVIEWER)
WORDS = {
    Language.EN: {
        Verdict.CONFIRMED: "known scam",
        Verdict.NEW_KIND: "new kind of scam",
        Verdict.UNFOUNDED: "no sign of a scam",
        Verdict.INSUFFICIENT: "too little to act on",
        Verdict.PASSED_ON: "passed on to: Taichung police",
    },
    Language.ZH_HANS: {
        Verdict.CONFIRMED: "已知的骗局",
        Verdict.NEW_KIND: "新",
        Verdict.UNFOUNDED: "没有看出诈骗",
        Verdict.INSUFFICIENT: "太少",
        Verdict.PASSED_ON: "已转交给：Taichung police",
    },
    Language.ZH_HANT: {
        Verdict.CONFIRMED: "已知的騙局",
        Verdict.NEW_KIND: "新",
        Verdict.UNFOUNDED: "沒有看出詐騙",
        Verdict.INSUFFICIENT: "太少",
        Verdict.PASSED_ON: "已轉交給：Taichung police",
    },
}


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("verdict", [verdict for verdict in Verdict if verdict is not Verdict.DUPLICATE])
def test_each_verdict_has_its_words_in_each_language(
    book: Book, clock: StoppedClock, language: Language, verdict: Verdict
) -> None:
    named = (TipMessage("Taichung police", question=False, at=clock(), authority=True),)
    opened = OpenedTip("AAAA-AAAA", clock(), "decided", verdict.value, named if verdict is Verdict.PASSED_ON else ())
    session = Session(stage=Stage.RECEIPT, opened=opened, language=language)
    (reply,) = tip_screen(book, session)
    assert WORDS[language][verdict] in reply.text
    others = {words for other, words in WORDS[language].items() if other is not verdict}
    assert not [words for words in others if words in reply.text]


def acts_of(service: Service) -> Merges:
    key = service.staff
    return Merges(service.database, key.public, key, clock=service.clock, random=lambda size: bytes(range(size)))


def newest(service: Service) -> str:
    found = service.database.read_now(lambda t: queueing.queue(t, QueueFilter())).tips
    return max(found, key=lambda tip: tip.filed_at).id


async def told(service: Service, receipt: str) -> str:
    shown = await service.say(receipt, conversation="another phone")
    return "\n".join(reply.text for reply in shown.screen.replies)


async def test_the_authority_is_told_to_the_receipt_alone(service: Service) -> None:
    receipt = await service.file()
    acts, tip = acts_of(service), newest(service)
    await acts.claim(CHEN, tip)
    await acts.decide(CHEN, tip, "passed-on", "Theirs.", authority="台中市政府警察局")
    assert "转交给：台中市政府警察局" in await told(service, receipt)
    assert "台中市政府警察局".encode() not in service.written()


async def test_a_tip_merged_and_taken_out_is_told_as_it_stands_each_time(service: Service) -> None:
    await service.file(conversation="first")
    acts, root = acts_of(service), newest(service)
    service.clock.move(timedelta(hours=1))
    receipt = await service.file()
    tip = newest(service)
    before = await told(service, receipt)
    await acts.merge_several(CHEN, [tip], root, "One caller.")
    merged = await told(service, receipt)
    await acts.unmerge(CHEN, tip, "Another voice.")
    after = await told(service, receipt)
    assert "并在一起" in merged
    assert after == before != merged


async def test_what_is_confirmed_is_an_example_to_learn_from(service: Service) -> None:
    await service.file()
    acts, tip = acts_of(service), newest(service)
    await acts.claim(CHEN, tip)
    await acts.decide(CHEN, tip, "confirmed", "As before.", "fake-customer-service")
    (one,) = service.database.read_now(lambda t: examples.confirmed(t, service.staff))
    assert (one.tip, one.pattern) == (tip, "fake-customer-service")
