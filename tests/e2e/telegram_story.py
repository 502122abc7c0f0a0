"""One report in Telegram from the telling to its receipt, by somebody whose app and patience survive our crashes."""

import re
import time
from collections.abc import Callable

from storage import tips
from storage.database import Database
from tests.fakes.telegram_api import TelegramApi
from tests.fakes.telegram_methods import Message
from tests.fakes.telegram_people import Person

TELLING = "我刚被骗了 刚转了4万8给他们 说是京东客服 要关掉金条 不然影响征信"
PAYEE = "银行转账 6217 0001 2345 6789 019 建行 王某某 14:05"
_A_GLANCE = 0.5
_RECEIPT = re.compile(r"(?<![0-9A-Z-])[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}(?![0-9A-Z-])")


class Story:
    """Each step waits for its answer."""

    def __init__(self, api: TelegramApi, number: int = 4711) -> None:
        self.api = api
        self.person: Person = api.person(number)

    def tell(self) -> None:
        self._step(lambda: self.person.write(TELLING), "打过了")
        self._step(lambda: self.press("打过了"), "提交")
        seen = len(self.person.messages)
        self.person.write(PAYEE)
        self.api.wait_until(lambda: any("提交" in one.buttons for one in self.person.messages[seen:]))

    def submit(self) -> str:
        """The receipt. A message that came a second time, or late, has an old button: then the one under the newest is
        tapped."""
        while not self.receipts:
            self._read()
            tapped = self._with("提交")
            self.person.press(tapped, "提交")
            self.api.wait_until(lambda last=tapped: bool(self.receipts) or self._with("提交").id > last.id)  # type: ignore[misc]
        return self.receipts[0]

    @property
    def receipts(self) -> list[str]:
        """Those that were sent; one twice is one."""
        found = (_RECEIPT.search(message.text) for message in self.person.messages)
        return list(dict.fromkeys(one.group() for one in found if one is not None))

    def press(self, label: str) -> int:
        return self.person.press(self._with(label), label)

    def step(self, label: str) -> None:
        """Tap a button once it is there."""
        self.api.wait_until(lambda: any(label in one.buttons for one in self.person.messages))
        self.press(label)

    def _read(self) -> None:
        """Until nothing more comes. Who taps faster than what waits is sent taps an old button for ever: every answer
        goes to the end of what waits."""
        seen = -1
        while seen < len(self.person.messages):
            seen = len(self.person.messages)
            time.sleep(_A_GLANCE)

    def _step(self, act: Callable[[], object], label: str) -> None:
        act()
        self.api.wait_until(lambda: any(label in one.buttons for one in self.person.messages))

    def _with(self, label: str) -> Message:
        return next(one for one in reversed(self.person.messages) if label in one.buttons)


def count_tips(database: Database) -> int:
    return sum(database.read_now(tips.counts).values())
