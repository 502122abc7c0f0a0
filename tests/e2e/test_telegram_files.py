"""A screenshot in Telegram and real processes: killed between the download and its result, it is read, matched, kept
once, and opened by staff as it was sent; no line of the log says a word of it."""

from contextlib import closing

import pytest

pytest.importorskip("rapidocr", reason="needs the extra: pip install fanzha[evidence]", exc_type=ImportError)

from bot.app.parts import place_of
from bot.settings import Settings
from storage import exhibits, keyring, queueing
from storage.database import Database, Transaction
from storage.queueing import QueueFilter
from tests.bot.evidence.pictures import bomb, code, screenshot
from tests.e2e.telegram_story import Story
from tests.e2e.test_telegram_processes import Place, place
from tests.fakes.telegram_api import DOWNLOAD
from tests.fakes.telegram_http import Answer

LINK = "https://post-fee.example.top/pay?id=88"
SHOT = screenshot("您的包裹因地址不完整被扣", "请在12小时内点击链接补缴运费", LINK, "否则退回", kind="JPEG")


def opened(here: Place) -> list[bytes]:
    """What was filed, as staff open it."""
    key = keyring.load_staff_secret(here.settings.staff_key_directory, None)

    def query(t: Transaction) -> list[bytes]:
        filed = [tip.id for tip in queueing.queue(t, QueueFilter()).tips]
        return [exhibits.content(t, tip, one.id)[1] for tip in filed for one in exhibits.of_tip(t, tip)]

    with closing(Database.open(place_of(here.settings))) as database:
        return [key.open(sealed) for sealed in database.read_now(query)]


def said(story: Story) -> str:
    return "\n".join(message.text for message in story.person.messages)


@pytest.mark.timeout(400)  # two starts with all the knowledge, a lease that runs out between them, and a reading
def test_killed_between_the_download_and_its_result_it_is_read_and_kept_once(settings: Settings) -> None:
    with place(settings, webhook=True, crash_at="fetched:1") as here:
        here.api.wait_until(lambda: bool(here.api.methods.webhook))
        story = Story(here.api)
        number = story.person.send("photo", content=SHOT)
        # Answered before anything of it was fetched.
        here.api.wait_until(lambda: (number, 200) in here.api.deliveries)
        here.api.wait_until(lambda: "骗局" in said(story), 200)
        assert (settings.home / "crashed-fetched-1").exists()
        assert len(here.api.called(DOWNLOAD)) == 2
        assert "您的包裹因地址不完整被扣" in said(story)
        assert LINK not in said(story)
        story.step("什么都没做")
        story.step("也在这里举报")
        here.api.wait_until(lambda: any("提交" in one.buttons for one in story.person.messages))
        story.submit()
        assert opened(here) == [SHOT]
        assert not any(word in line for line in here.service.lines for word in ("包裹", "post-fee", "photos/"))


@pytest.mark.timeout(300)
def test_a_code_a_bomb_and_a_download_that_breaks_are_each_answered(settings: Settings) -> None:
    with place(settings) as here:
        story = Story(here.api)
        here.api.fail(DOWNLOAD, Answer(closes=True))
        story.person.send("document", content=code(LINK))
        here.api.wait_until(lambda: "图上我读到" in said(story), 100)
        assert "post-fee" in said(story)
        assert LINK not in said(story)
        story.person.send("document", content=bomb(50_000, 50_000))
        here.api.wait_until(lambda: "会有人看" in said(story), 100)
        here.api.wait_until(here.is_settled)
        assert not any(word in line for line in here.service.lines for word in ("post-fee", "documents/"))
