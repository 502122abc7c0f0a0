"""A Bot API on loopback: polling and webhook, chats and buttons, faults on demand; it notes every call that breaks the
published rules.

Begin with `TelegramApi()`, give its `address` to the bot as FANZHA_TELEGRAM_API, and speak through `person()`.
"""

import asyncio
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import httpx

from tests.fakes.telegram_facts import Facts
from tests.fakes.telegram_http import UNTRUSTING, Answer, HttpServer, Request
from tests.fakes.telegram_methods import Methods, Refusal
from tests.fakes.telegram_people import Person

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
DESK_TOKEN = "220301654:BBIerUdwDI2wHXKyfTgpGTBt1L6QBMEtbx"
DOWNLOAD = "download"
"""Under what name the fetching of a file's content is noted: it is no method."""
PATIENCE = 60
_LONGEST_POLL = 50


@dataclass(frozen=True)
class Called:
    """A call that came in. `at` is of the monotonic clock."""

    method: str
    values: dict[str, Any]
    at: float
    status: int


@dataclass
class Fault:
    """What the next calls of a method get instead of an answer. `chat`: only those to this chat."""

    method: str
    answer: Answer
    times: int
    chat: int | None = None
    before: bool = True
    """Whether the call has no effect; otherwise only its answer is lost."""


class TelegramApi:
    """All public methods may be called from any thread."""

    def __init__(self, *, token: str = TOKEN, port: int = 0, beside: "TelegramApi | None" = None) -> None:
        """`beside`: another bot's, at whose address this one is served too, as the Bot API serves all."""
        self.token = token
        self._others: list[TelegramApi] = []
        self.changed = threading.Condition()
        self.calls: list[Called] = []
        self.wrong: list[str] = []
        """What the bot did against the rules: a test ends with none."""
        self.deliveries: list[tuple[int, int]] = []
        """Update ids given to a webhook, with the status each got."""
        self._facts = Facts()
        self._faults: list[Fault] = []
        self._updates: list[dict[str, Any]] = []
        self._next = 1000
        self._poll = 0
        self.methods = Methods(_bot(token))
        self._host = beside
        self._server: HttpServer = HttpServer(self._answer, port) if beside is None else beside._server
        if beside is not None:
            beside._others.append(self)
        self._news = asyncio.Event()
        self._client = httpx.AsyncClient(timeout=30, verify=UNTRUSTING)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.port}"

    def close(self) -> None:
        self._server.call(self._client.aclose())
        if self._host is None:
            self._server.close()

    # --- people ---

    def person(self, number: int, language: str = "zh-hans", *, chat: int | None = None) -> Person:
        """Somebody in their private chat with the bot, or in a group (of `methods.forums`: one with topics)."""
        return Person(self, number, language, chat or number)

    def deliver(self, update: dict[str, Any], *, number: int | None = None) -> int:
        """Give the bot an update; its id. With a `number` that was used, it is delivered once more."""
        with self.changed:
            if number is None:
                self._next += 1
                number = self._next
            self._updates.append({"update_id": number, **update})
            self._updates.sort(key=lambda one: int(one["update_id"]))
        self._server.loop.call_soon_threadsafe(self._wake)
        return number

    def deliver_all(self, updates: Iterable[dict[str, Any]]) -> list[int]:
        """At once, so that they arrive as one batch."""
        with self.changed:
            first = self._next + 1
            numbered = [{"update_id": first + place, **update} for place, update in enumerate(updates)]
            self._next += len(numbered)
            self._updates += numbered
        self._server.loop.call_soon_threadsafe(self._wake)
        return [int(one["update_id"]) for one in numbered]

    @property
    def undelivered(self) -> list[int]:
        """Ids of the updates that were not confirmed yet."""
        with self.changed:
            return [int(update["update_id"]) for update in self._updates]

    def wait_until(self, true: Callable[[], bool], patience: float = PATIENCE) -> None:
        """Fails the test when it does not become so."""
        ends = time.monotonic() + patience
        with self.changed:
            while not true():
                assert time.monotonic() < ends, f"it did not come: {self.calls[-5:]}"
                # What is waited for may be elsewhere than here, such as in the bot's database.
                self.changed.wait(0.05)

    # --- faults ---

    def fail(
        self, method: str, answer: Answer, *, times: int = 1, chat: int | None = None, before: bool = True
    ) -> None:
        with self.changed:
            self._faults.append(Fault(method, answer, times, chat, before))

    def flood(self, method: str, seconds: int, *, times: int = 1, chat: int | None = None) -> None:
        """429: the bot has to stay away so long."""
        body = {"ok": False, "error_code": 429, "description": f"Too Many Requests: retry after {seconds}"}
        self.fail(method, Answer.of({**body, "parameters": {"retry_after": seconds}}, 429), times=times, chat=chat)

    def forgive(self) -> None:
        """No more faults."""
        with self.changed:
            self._faults.clear()

    def called(self, method: str) -> list[Called]:
        with self.changed:
            return [call for call in self.calls if call.method == method]

    # --- the server ---

    async def _answer(self, request: Request) -> Answer:
        for other in self._others:
            if request.path.startswith((f"/bot{other.token}/", f"/file/bot{other.token}/")):
                return await other._answer(request)
        files = f"/file/bot{self.token}/"
        if request.path.startswith(files):
            return self._download(request.path.removeprefix(files))
        prefix = f"/bot{self.token}/"
        if not request.path.startswith(prefix):
            return _refused(401, "Unauthorized")
        method = self._facts.method(request.path.removeprefix(prefix))
        if method is None:
            self._complain(f"there is no method {request.path.removeprefix(prefix)}")
            return _refused(404, "Not Found")
        values, faults = self._facts.check(method, request.form)
        for fault in faults:
            self._complain(fault)
        planned = self._planned(method, values)
        if planned is not None and planned.before:
            return self._note(method, values, planned.answer)
        if faults:
            return self._note(method, values, _refused(400, f"Bad Request: {faults[0]}"))
        answer = await self._do(method, values)
        return self._note(method, values, answer if planned is None else planned.answer)

    async def _do(self, method: str, values: dict[str, Any]) -> Answer:
        if method == "getUpdates":
            return await self._get_updates(values)
        try:
            with self.changed:
                result = self.methods.do(method, values)
        except Refusal as refusal:
            if refusal.is_wrong:
                self._complain(f"{method}: {refusal}")
            return _refused(refusal.status, str(refusal), to=refusal.to)
        if method == "setWebhook":
            self._wake()
        return Answer.of({"ok": True, "result": result})

    def _download(self, path: str) -> Answer:
        """Noted, and made to fail, as a method DOWNLOAD."""
        planned = self._planned(DOWNLOAD, {})
        with self.changed:
            content = self.methods.file_at(path)
        answer = _refused(404, "Not Found") if content is None else Answer(200, content)
        return self._note(DOWNLOAD, {"path": path}, answer if planned is None else planned.answer)

    async def _get_updates(self, values: dict[str, Any]) -> Answer:
        if self.methods.webhook:
            return _refused(409, "Conflict: can't use getUpdates method while webhook is active")
        self._poll += 1
        mine, ends = self._poll, time.monotonic() + min(values.get("timeout", 0), _LONGEST_POLL)
        with self.changed:
            offset = values.get("offset", 0)
            self._updates = [update for update in self._updates if update["update_id"] >= offset]
            self.changed.notify_all()
        while True:
            self._news.clear()
            with self.changed:
                due = self._updates[: values.get("limit", 100)]
            if mine != self._poll:
                return _refused(409, "Conflict: terminated by other getUpdates request")
            left = ends - time.monotonic()
            if due or left <= 0:
                return Answer.of({"ok": True, "result": due})
            try:
                async with asyncio.timeout(left):
                    await self._news.wait()
            except TimeoutError:
                continue

    def _wake(self) -> None:
        self._news.set()
        if self.methods.webhook:
            with self.changed:
                due, self._updates = self._updates, []
            for update in due:
                # Held, or the loop would let go of it.
                task = asyncio.ensure_future(self._push(update))
                self._pushes = {one for one in getattr(self, "_pushes", set()) if not one.done()} | {task}

    async def _push(self, update: dict[str, Any]) -> None:
        """As the Bot API does: again and again until it is taken."""
        while hook := self.methods.webhook:
            headers = {"X-Telegram-Bot-Api-Secret-Token": hook["secret_token"]} if "secret_token" in hook else {}
            try:
                answer = await self._client.post(hook["url"], json=update, headers=headers)
                status = answer.status_code
            except httpx.HTTPError:
                status = 0
            with self.changed:
                self.deliveries.append((int(update["update_id"]), status))
                self.changed.notify_all()
            if 200 <= status < 300:
                return
            await asyncio.sleep(0.1)
        with self.changed:
            self._updates.append(update)
        self._news.set()

    def _planned(self, method: str, values: dict[str, Any]) -> Fault | None:
        with self.changed:
            for fault in self._faults:
                if fault.method in {method, "*"} and fault.chat in {None, values.get("chat_id")}:
                    fault.times -= 1
                    self._faults = [one for one in self._faults if one.times > 0]
                    return fault
        return None

    def _note(self, method: str, values: dict[str, Any], answer: Answer) -> Answer:
        with self.changed:
            self.calls.append(Called(method, values, time.monotonic(), 0 if answer.closes else answer.status))
            self.changed.notify_all()
        return answer

    def _complain(self, fault: str) -> None:
        with self.changed:
            self.wrong.append(fault)


def _bot(token: str) -> dict[str, Any]:
    return {
        "id": int(token.split(":", maxsplit=1)[0]),
        "is_bot": True,
        "first_name": "Fanzha",
        "username": "fanzha_test_bot" if token == TOKEN else "fanzha_desk_bot",
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
    }


def _refused(status: int, description: str, *, to: int | None = None) -> Answer:
    moved = {} if to is None else {"parameters": {"migrate_to_chat_id": to}}
    return Answer.of({"ok": False, "error_code": status, "description": description, **moved}, status)
