"""What one call of the Bot API costs over the library's own line (httpx) and over ours (aiohttp), in one run.

    python benchmarks/lines.py [--calls 2000]

Prints milliseconds of this process's processor time a `sendMessage` with buttons; the Bot API is another process.
"""

import argparse
import asyncio
import multiprocessing
import time

from load import Load
from plain_bot import TOKEN
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import ParseMode
from telegram.request import BaseRequest, HTTPXRequest

from bot.channels.telegram.line import Line

TEXT = "这很像<b>“虚假征信”骗局</b>。" * 10
KEYBOARD = InlineKeyboardMarkup(
    [[InlineKeyboardButton(f"{row}{place}", callback_data="x" * 40) for place in range(3)] for row in range(3)]
)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    arguments.add_argument("--calls", type=int, default=2000)
    calls = arguments.parse_args().calls
    addresses: multiprocessing.Queue[str] = multiprocessing.Queue()
    server = multiprocessing.Process(target=serve, args=(addresses,), daemon=True)
    server.start()
    api = addresses.get(timeout=30)
    print(f"{'':10}{'at once':>8}{'cpu ms':>8}")
    for name, make in (("httpx", HTTPXRequest), ("aiohttp", Line)):
        for at_once in (8, 32):
            print(f"{name:10}{at_once:8}{asyncio.run(send(api, make(64), at_once, calls)):8.2f}", flush=True)
    server.terminate()


def serve(addresses: "multiprocessing.Queue[str]") -> None:
    async def run() -> None:
        async with Load(port=0, path="/", secret="").serving() as address:
            addresses.put(address)
            await asyncio.Event().wait()

    asyncio.run(run())


async def send(api: str, line: BaseRequest, at_once: int, calls: int) -> float:
    bot = Bot(TOKEN, base_url=f"{api}/bot", request=line)
    await line.initialize()
    left = calls

    async def person() -> None:
        nonlocal left
        while left > 0:
            left -= 1
            await bot.send_message(4711, TEXT, parse_mode=ParseMode.HTML, reply_markup=KEYBOARD)

    began = time.process_time()
    await asyncio.gather(*(person() for _ in range(at_once)))
    took = time.process_time() - began
    await line.shutdown()
    return took * 1000 / calls


if __name__ == "__main__":
    main()
