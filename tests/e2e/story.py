"""One report all the way, told once: two citizens, a supervisor, a restart; with what each of them saw on the way."""

from contextlib import ExitStack
from dataclasses import dataclass, field

import httpx
from playwright.sync_api import Browser

from bot.settings import Settings
from tests.bot.app.service import Service, command, running
from tests.e2e.people import Citizen, Member, page_of
from tests.e2e.watching import ROLES, first_link, left_behind, until, without_links

TELLING = "我刚被骗了 刚转了4万8给他们 说是京东客服 名叫柏杉鹭 要关掉金条 不然影响征信 我现在怎么办"
PAYEE = "银行转账 6217 0001 2345 6789 019 建行 欧阳砚秋 14:05"
SECOND = "被一个自称京东金融客服的骗了 说要注销金条账户 不然影响征信 转了3万 到 6217000123456789019 收款人欧阳砚秋"
THIRD = "昨天有人冒充京东客服 叫我关掉金条 说影响征信 转走了两千块 对方自称雁翎坡"
QUESTION = "对方让您下载的会议软件叫什么名字，翡翠鹦鹉吗？"
ANSWER = "叫做云雀汀会议，图标是绿的"
REASON = "Verdict for the amberjack ledger: same collector account as before"
MERGE_REASON = "Both name the marigold collector account"
PASSPHRASE = "thistle quarry lantern oboe"
SECRETS_OF_ITS_OWN = ("柏杉鹭", "欧阳砚秋", "雁翎坡", "翡翠鹦鹉", "云雀汀", "amberjack ledger", "marigold collector")


@dataclass
class Story:
    """What was seen, by the name of the moment; `told` is all that must lie nowhere in the clear."""

    settings: Settings
    seen: dict[str, str] = field(default_factory=dict)
    taps: int = 0
    marked: list[str] = field(default_factory=list)
    queue: list[str] = field(default_factory=list)
    tips: dict[str, str] = field(default_factory=dict)
    receipts: dict[str, str] = field(default_factory=dict)
    link: str = ""
    used_link_status: int = 0
    heads: list[str] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    printed: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    places: dict[str, bytes] = field(default_factory=dict)

    def keep(self, moment: str) -> None:
        """What the home, the health checks and the metrics would tell a thief at this moment."""
        self.places |= left_behind(self.settings, moment)
        addresses = {
            "citizens": self.settings.citizens_address,
            "console": self.settings.console_address,
            "citizens-jobs": f"http://localhost:{self.settings.citizens_jobs_port}/",
            "staff-jobs": f"http://localhost:{self.settings.staff_jobs_port}/",
        }
        port = self.settings.metrics_port
        assert port is not None
        for number, role in enumerate(("citizens", "console", "citizens-jobs", "staff-jobs")):
            addresses[f"{role} metrics"] = f"http://127.0.0.1:{port + number}/"
        for role in ROLES:
            for name in ("healthz", "readyz"):
                self._ask(moment, role, f"{addresses[role]}{name}")
            self._ask(moment, role, f"{addresses[f'{role} metrics']}metrics")

    def _ask(self, moment: str, role: str, address: str) -> None:
        answer = httpx.get(address)
        assert answer.status_code == httpx.codes.OK
        name = address.rpartition("/")[2]
        self.places[f"{moment}: {role} {name}"] = f"{answer.status_code} {answer.headers} {answer.text}".encode()


def tell_story(settings: Settings, browser: Browser) -> Story:
    """From an empty folder to the second stop."""
    story = Story(settings)
    with ExitStack() as people:
        first = Citizen(people.enter_context(page_of(browser, "zh-CN")), settings.citizens_address)
        second = Citizen(people.enter_context(page_of(browser, "zh-CN", script=False)), settings.citizens_address)
        third = Citizen(people.enter_context(page_of(browser, "zh-CN")), settings.citizens_address)
        elsewhere = Citizen(people.enter_context(page_of(browser, "zh-CN")), settings.citizens_address)
        anna = Member(people.enter_context(page_of(browser, "en-GB")), settings.console_address)
        everybody = (first, second, third, elsewhere)
        with running(settings) as service:
            story.link = first_link(service)
            _report(story, first)
            _report_without_script(story, second)
            _withdraw_later(story, third)
            _join(story, anna)
            _review(story, anna)
            _answer(story, elsewhere)
            _decide_and_merge(story, anna)
            _withdraw(story, third, anna)
            story.seen["receipt, decided"] = elsewhere.say(story.receipts["first"])
            story.seen["receipt, merged"] = second.say(story.receipts["second"])
            story.keep("at work")
            _verify(story)
            story.told += [cookie for person in (*everybody, anna) for cookie in person.cookies()]
            _stop(story, service)
        story.places |= left_behind(settings, "stopped")
        with running(settings) as again:
            story.seen["queue, started again"] = "\n".join(anna.queue())
            story.seen["tip, started again"] = anna.open(story.tips["first"])
            second.open()
            story.seen["chat, started again"] = second.screen()
            _verify(story)
            story.keep("started again")
            _stop(story, again)
        story.places |= left_behind(settings, "stopped again")
        story.told += [text for person in (*everybody, anna) for text in person.told]
    story.told += [story.link.rsplit("/", 1)[-1]]
    story.places["printed"] = without_links(story.printed).encode()
    return story


def _report(story: Story, citizen: Citizen) -> None:
    citizen.open()
    story.seen["opening"] = citizen.screen()
    story.seen["card"] = citizen.say(TELLING)
    story.seen["reason"] = citizen.press("打过了")
    story.keep("half told")
    story.seen["review"] = citizen.say(PAYEE)
    story.seen["filed"] = citizen.press("提交")
    story.taps = citizen.taps
    story.receipts["first"] = citizen.receipt()
    story.told.append(story.receipts["first"])
    story.seen["script"] = citizen.press("给我看")
    story.keep("filed")
    citizen.open()
    story.seen["after filing"] = citizen.screen()


def _report_without_script(story: Story, citizen: Citizen) -> None:
    citizen.open()
    story.seen["card, no script"] = citizen.say(SECOND)
    citizen.press("打过了")
    while "提交" not in citizen.buttons():
        citizen.press("跳过")
    story.seen["filed, no script"] = citizen.press("提交")
    story.receipts["second"] = citizen.receipt()
    story.told.append(story.receipts["second"])


def _withdraw_later(story: Story, citizen: Citizen) -> None:
    citizen.open()
    citizen.say(THIRD)
    citizen.press("打过了")
    while "提交" not in citizen.buttons():
        citizen.press("跳过")
    citizen.press("提交")
    story.receipts["third"] = citizen.receipt()
    story.told.append(story.receipts["third"])


def _join(story: Story, anna: Member) -> None:
    anna.join(story.link, PASSPHRASE)
    story.queue = anna.queue()
    story.used_link_status = httpx.get(story.link).status_code


def _review(story: Story, anna: Member) -> None:
    for reference in anna.references():
        page = anna.open(reference)
        for name, word in (("first", "柏杉鹭"), ("third", "雁翎坡")):
            if word in page:
                story.tips[name] = reference
    (story.tips["second"],) = set(anna.references()) - set(story.tips.values())
    until(lambda: "in 1 other tip" in anna.open(story.tips["second"]))
    story.seen["second tip"] = anna.screen()
    story.seen["first tip"] = anna.open(story.tips["first"])
    story.marked = anna.marked()
    story.seen["claimed"] = anna.claim()
    story.seen["asked"] = anna.ask(QUESTION)


def _answer(story: Story, citizen: Citizen) -> None:
    citizen.open()
    story.seen["receipt, asked"] = citizen.say(story.receipts["first"])
    citizen.press("回答")
    story.seen["answered"] = citizen.say(ANSWER)
    citizen.open()
    story.seen["after answering"] = citizen.screen()


def _decide_and_merge(story: Story, anna: Member) -> None:
    story.seen["queue, answered"] = "\n".join(anna.queue())
    story.seen["first tip, answered"] = anna.open(story.tips["first"])
    story.seen["decided"] = anna.decide("Confirmed: a known scam", REASON)
    anna.open(story.tips["second"])
    anna.claim()
    story.seen["merged"] = anna.merge(story.tips["first"], MERGE_REASON)


def _withdraw(story: Story, citizen: Citizen, anna: Member) -> None:
    anna.open(story.tips["third"])
    anna.claim()
    citizen.say(story.receipts["third"])
    citizen.press("撤回")
    story.seen["withdrawn"] = citizen.press(citizen.buttons()[0])
    anna.page.goto(anna.address)
    story.seen["queue, withdrawn"] = anna.screen()
    story.seen["third tip, withdrawn"] = anna.open(story.tips["third"])


def _verify(story: Story) -> None:
    """The clock chains what was done within a second; each head must stand in the next chain."""
    earlier = ("--head", story.heads[-1]) if story.heads else ()

    def is_chained() -> bool:
        found = command(story.settings, "audit", "verify", *earlier)
        assert found.returncode == 0, found.stderr
        story.seen["audit"] = found.stderr
        story.places[f"audit verify {len(story.heads)}"] = (found.stdout + found.stderr).encode()
        if ", 0 not yet" not in found.stderr:
            return False
        story.heads.append(found.stdout.strip())
        return True

    until(is_chained)


def _stop(story: Story, service: Service) -> None:
    story.ends.append(service.stop())
    story.printed += service.lines
