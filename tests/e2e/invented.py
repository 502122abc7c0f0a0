"""A week at an invented service: reports in three languages, and what staff did with them."""

import json
from dataclasses import dataclass, field
from datetime import timedelta

from bot.conversation.book import Book
from bot.conversation.events import File
from bot.conversation.report import Report
from bot.services.approvals import Step
from bot.services.boxing import box_report
from bot.services.exporting import Wanted
from bot.services.linking import link_tip
from bot.services.permissions import Act, Actor
from bot.services.tipbox import BoxedMatch, TipBox
from bot.services.triage import Triage
from bot.services.urgent_order import marks_of, urgency
from knowledge.dangers import Danger, Kind
from knowledge.language import Language
from knowledge.matching import Matcher
from storage import (
    audit,
    benign,
    claims,
    exhibits,
    messages,
    proposals,
    reporter_limits,
    saved_filters,
    tables,
    tips,
    verdicts,
    withdrawals,
)
from storage.accounts import Role
from storage.benign import KnownBenign
from storage.database import Transaction
from storage.exhibits import NewExhibit
from storage.links import ObservableHash
from storage.tips import Verdict
from tests.bot.staff.house import House
from tests.e2e.serving import done

STAFF = {
    "mei": Role.SUPERVISOR,
    "anna": Role.REVIEWER,
    "jun": Role.REVIEWER,
    "olga": Role.EDITOR,
    "tomas": Role.AUDITOR,
    "irene": Role.ADMINISTRATOR,
}
"""Everybody on the staff, by name."""

HOSTILE = '<script>document.title="taken"</script>"><img src=x onerror=alert(1)> {{7*7}} \u202egnp.exe ' + "W" * 400


@dataclass(frozen=True, slots=True)
class Told:
    """A report before it is filed; `ago` is how long before now, `country` where it comes from."""

    lines: tuple[str, ...]
    kind: Kind
    language: Language
    country: str
    ago: timedelta
    dangers: tuple[Danger, ...] = ()
    answers: tuple[tuple[str, str], ...] = ()


def _ago(hours: float) -> timedelta:
    return timedelta(hours=hours)


TOLD = {
    "held": Told(
        ("我弟弟上個月去柬埔寨做客服，說月薪八萬，現在只能半夜偷偷傳訊息，說被關在園區，要我們付60萬贖人",),
        Kind.HELD,
        Language.ZH_HANT,
        "TW",
        _ago(0.6),
        (Danger.TRAVEL,),
        (("held", "today"),),
    ),
    "gold": Told(
        (
            "我刚被骗了，刚转了4万8给他们，说是京东客服，要关掉金条，不然影响征信",
            "6217 0001 2345 6789 019 建行 王某某 14:05",
        ),
        Kind.CHEATED,
        Language.ZH_HANS,
        "CN",
        _ago(0.4),
        (Danger.MONEY_GONE,),
        (("money", "called"),),
    ),
    "safe account": Told(
        (
            "My bank's fraud team called and said my account was attacked. I moved 4,800 pounds to a safe account",
            "Sort code 04-00-04, they rang from 020 7946 0018 and told me to stay on the line",
        ),
        Kind.CHEATED,
        Language.EN,
        "GB",
        _ago(3),
        (Danger.MONEY_GONE, Danger.LIVE_CONTROL),
    ),
    "parcel": Told(
        (
            "Is this real? USPS: your parcel is held, address incomplete. Update within 12h: hxxps://usps-redelivery[.]top/i",
        ),
        Kind.CHECK,
        Language.EN,
        "US",
        _ago(5),
    ),
    "again": Told(
        ("也是京东客服说金条，叫我转到 6217 0001 2345 6789 019，转了三万",),
        Kind.CHEATED,
        Language.ZH_HANS,
        "CN",
        _ago(9),
        (Danger.MONEY_GONE,),
    ),
    "mule": Told(
        ("有人讓我把銀行卡借給他收款，每筆給三百塊，說是做跨境電商刷流水",),
        Kind.MULE,
        Language.ZH_HANT,
        "HK",
        _ago(12),
        (Danger.MULE,),
    ),
    "pictures": Told(
        ("someone says he has pictures of me and I am 15, he wants gift cards by tonight",),
        Kind.CHEATED,
        Language.EN,
        "IE",
        _ago(1.2),
        (Danger.MINOR,),
    ),
    "task": Told(
        (
            "群里接单做任务刷单返利，前三单都返了，第四单垫付两万就提不出来了",
            "导师叫我加他 Telegram @guide_77 再垫一单",
        ),
        Kind.CHEATED,
        Language.ZH_HANS,
        "CN",
        _ago(30),
        (Danger.MONEY_GONE,),
        (("money", "gone"),),
    ),
    "coins": Told(
        ("I met her online, she taught me to trade USDT on coinbright[.]example, I cannot get my 23,500 dollars",),
        Kind.CHEATED,
        Language.EN,
        "CA",
        _ago(52),
        (Danger.MONEY_GONE,),
    ),
    "insider": Told(
        ("I worked in the call room in Mae Sot for three months. I can name the floor bosses and the banks they use",),
        Kind.INSIDER,
        Language.EN,
        "TH",
        _ago(70),
    ),
    "rent": Told(
        ("租屋網看到很便宜的房子，房東在國外，要先匯押金才寄鑰匙",), Kind.CHECK, Language.ZH_HANT, "TW", _ago(75)
    ),
    "hostile": Told((HOSTILE,), Kind.CHECK, Language.EN, "GB", _ago(100), answers=(("other", HOSTILE[:300]),)),
}
"""Each by a word to find it by; they are filed in the order of their age."""


@dataclass
class Week:
    """The tips by their word; `exhibit` numbers a picture sent with `task`, `closed` one with `pictures`, `proposal` an
    export that waits for a second person."""

    house: House
    tips: dict[str, str] = field(default_factory=dict)
    exhibit: int = 0
    closed: int = 0
    proposal: int = 0


def live_a_week(house: House, book: Book, matcher: Matcher) -> Week:
    """File everything, and have the staff do some of their work. Some seconds, for sealing and reading."""
    week = Week(house)
    end = house.clock.now
    for name, role in STAFF.items():
        house.hire(name, role)
    for word, told in sorted(TOLD.items(), key=lambda item: -item[1].ago):
        house.clock.now = end - told.ago
        week.tips[word] = _file(house, book, matcher, told)
        done(link_tip(house.database, house.key, house.clock, week.tips[word]))
    house.clock.now = end
    _past(house)
    week.exhibit = _send(house, week.tips["task"])
    week.closed = _send(house, week.tips["pictures"])
    done(_work(week, Triage(house.database, house.key, clock=house.clock, random=house.chance.randbytes)))
    house.database.write_now(lambda t: _keep_order(t, week))
    house.database.write_now(audit.chain)
    house.database.write_now(lambda t: _stamp(t, week))
    return week


def _keep_order(t: Transaction, week: Week) -> None:
    """What the staff did beside the tips: an export asked for, a harmless number, a limit, tabs of the queue."""
    house, now = week.house, week.house.clock.now
    seal = house.key.public.seal
    week.proposal = proposals.propose(
        t,
        house.key,
        act=Act.EXPORT,
        subject="export:2026-02-01:2026-02-28",
        by="mei",
        reason="The prosecutors of the district asked for February, letter 2026-118",
        body=Wanted.read("all", "2026-02-01", "2026-02-28").dump(),
        now=now,
    )
    audit.record(t, audit.Entry(now, "mei", Step.PROPOSE, f"proposal:{week.proposal}"), random=house.chance.randbytes)
    number = ObservableHash("phone", house.key.link_hash("phone", "+8695533"))
    about = json.dumps({"value": "+86 95533", "why": "The bank's own line, which many tell us they called"}).encode()
    benign.mark(t, KnownBenign(number, "mei", now, now + timedelta(days=90), seal(about)))
    tips.load(t, week.tips["hostile"]).conversation = bytes(32)
    reporter_limits.propose(t, week.tips["hostile"], by="jun", reason=seal(HOSTILE.encode()), now=now)
    saved_filters.save(t, "mei", "Money of this week", "kind=cheated&age=7", is_shared=True, now=now)
    saved_filters.save(t, "anna", "园区和被扣的人", "lane=danger", is_shared=False, now=now)


def _stamp(t: Transaction, week: Week) -> None:
    """Lanes, and two deadlines: one missed, one near. The staff jobs do it in a running service."""
    now = week.house.clock.now
    for word, lane in _LANES.items():
        t.session.get_one(tables.Tip, week.tips[word]).lane = lane
    for word, due_at in (("insider", now - timedelta(hours=3)), ("gold", now + timedelta(minutes=35))):
        row = t.session.get_one(tables.Tip, week.tips[word])
        row.due_at, row.near_at = due_at, due_at - timedelta(hours=1)


async def _work(week: Week, triage: Triage) -> None:
    filed, end = week.tips, week.house.clock.now
    anna, jun, mei = (Actor(name, STAFF[name]) for name in ("anna", "jun", "mei"))

    async def at(hours_ago: float) -> None:
        week.house.clock.now = end - timedelta(hours=hours_ago)

    await at(60)
    await triage.open(jun, filed["insider"])
    await triage.claim(jun, filed["insider"])
    await at(50)
    await triage.claim(anna, filed["coins"])
    await triage.decide(anna, filed["coins"], "confirmed", "Wallet and site known from earlier tips", "fake-investment")
    await at(28)
    await triage.claim(anna, filed["task"])
    await triage.ask(anna, filed["task"], "群的名字和第四单的收款方是什么？")
    await at(20)
    await triage.claim(jun, filed["rent"])
    await triage.decide(jun, filed["rent"], "insufficient", "No address and no account was given")
    await at(0.3)
    await triage.open(anna, filed["gold"])
    await triage.claim(anna, filed["gold"])
    await triage.open(mei, filed["held"])
    await triage.open(jun, filed["safe account"])
    await triage.claim(jun, filed["safe account"])
    await at(0.1)
    house = week.house
    answer = house.key.public.seal("群叫“云上优选”，收款方是个人账户".encode())
    asked = house.database.read_now(lambda t: messages.of_tip(t, filed["task"]))[0].id
    house.database.write_now(
        lambda t: messages.add(t, filed["task"], for_staff=answer, now=house.clock(), answers=asked)
    )
    await triage.claim(mei, filed["mule"])
    house.database.write_now(lambda t: withdrawals.withdraw(t, filed["mule"], now=house.clock()))
    await at(0)


_LANES = {"held": "danger", "safe account": "danger", "pictures": "danger", "gold": "golden", "insider": "insider"}
_PATTERNS = ("fake-customer-service", "fake-investment", "brushing-rebate", "fake-loan", "impersonated-police")


def _past(house: House) -> None:
    """Four weeks of what has ended: more on weekdays, most of it quickly."""
    end, key = house.clock.now, house.key
    endings = list(Verdict)
    for day in range(28, 0, -1):
        for number in range(3 + (day * 7 + 3) % 5 if (end - timedelta(days=day)).weekday() < 5 else 2):
            turn = day * 5 + number
            kind = list(Kind)[turn % 4]
            box = TipBox(
                telling=("An invented report of the past",),
                language="en",
                kind=kind.value,
                matches=(BoxedMatch(_PATTERNS[turn % 5 if day > 7 else turn % 3], 0.9),),
            )
            house.clock.now = end - timedelta(days=day, hours=-number)
            tip = house.file(box)
            took = timedelta(minutes=7 + (turn * turn) % 900)

            def unit(t: Transaction, tip: str = tip, turn: int = turn, took: timedelta = took) -> None:
                now, by = house.clock.now, ("anna", "jun", "mei")[turn % 3]
                tips.mark_seen(t, tip, now=now + took / 5)
                claims.claim(t, tip, by=by, now=now + took / 4)
                verdict = endings[turn % 5 % len(endings)]
                verdicts.decide(t, tip, by=by, verdict=verdict, reason=key.public.seal(b"long ago"), now=now + took)

            house.database.write_now(unit)
    house.clock.now = end


def _file(house: House, book: Book, matcher: Matcher, told: Told) -> str:
    matching = matcher.match("\n".join(told.lines))
    report = Report(
        lines=told.lines, kind=told.kind, dangers=told.dangers, answers=dict(told.answers), likeness=matching.likeness
    )
    box = box_report(book, matcher, File(report, told.language, told.country), house.clock())
    tip = house.file(box, urgency=urgency(report, marks_of(report), house.clock()))
    entry = audit.Entry(house.clock(), "reporter", "file", tip)
    house.database.write_now(lambda t: audit.record(t, entry, random=house.chance.randbytes))
    return tip


def _send(house: House, tip: str) -> int:
    content = b"an invented picture"
    about = json.dumps({"type": "image/jpeg", "size": 48_213}).encode()
    new = NewExhibit(kind="picture", about=house.key.public.seal(about), sealed=house.key.public.seal(content))
    return house.database.write_now(lambda t: exhibits.add(t, new, conversation=None, tip=tip, now=house.clock()))
