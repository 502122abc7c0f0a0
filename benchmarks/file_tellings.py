"""Files real tellings through one `fanzha chat`, one report after the other, and counts what a reporter meets.

    python benchmarks/file_tellings.py tellings.jsonl --count 200 --home /tmp/place

`tellings.jsonl` has lines {"text", "label"}; as many of each label as the count allows are taken. Nothing of them is
kept but in the database of `--home`, sealed. Prints how many were filed, each with a receipt; how many taps it took;
what the first answer was; and how long one took from its first word to its receipt.
"""

import argparse
import collections
import json
import os
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.conversation.buttons import LABELS
from bot.locales import Catalogues
from knowledge.language import Language

# What is pressed on each screen, the first that is there: the shortest way of someone who was cheated.
WAY = (
    "submit", "offer:yes", "money:called", "mule:called", "life:not-that", "control:other-phone", "controller:yes",
    "minor:go-on", "travel:away", "held:not-said", "safety:only-me", "exposure:paid", "clarify:unsure", "skip",
    "kind:cheated",
)  # fmt: skip
RECEIPT = re.compile(r"[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){3}")
MOST_TAPS = 12


@dataclass(frozen=True)
class Filing:
    receipt: str | None
    taps: int
    first: str
    seconds: float


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    arguments.add_argument("tellings", type=Path)
    arguments.add_argument("--count", type=int, default=200)
    arguments.add_argument("--language", type=Language, default=Language.ZH_HANT)
    arguments.add_argument("--home", type=Path, required=True)
    chosen = arguments.parse_args()
    rows = spread([json.loads(line) for line in chosen.tellings.open(encoding="utf-8")], chosen.count)
    labels = labels_of(chosen.language)
    filings = []
    with open_chat(chosen.language, chosen.home) as chat:
        for number, row in enumerate(rows, start=1):
            filings.append(file(chat, row["text"], labels))
            print(f"\r{number} of {len(rows)}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    report(filings, len({row["label"] for row in rows}))


def spread(rows: list[dict[str, str]], count: int) -> list[dict[str, str]]:
    """As evenly over the labels as they allow, in the order of the file."""
    by_label: dict[str, list[dict[str, str]]] = collections.defaultdict(list)
    for row in rows:
        by_label[row["label"]].append(row)
    taken: list[dict[str, str]] = []
    for turn in range(max(map(len, by_label.values()), default=0)):
        taken += [of_one[turn] for of_one in by_label.values() if turn < len(of_one)]
    return taken[:count]


def labels_of(language: Language) -> dict[str, str]:
    """Each button's id by its label; labels that two buttons share mean the one that comes first on the way."""
    catalogues = Catalogues.load()
    found: dict[str, str] = {}
    for country in (None, "HK"):
        translate = catalogues.translator(language, country)
        for button in (*WAY, *LABELS):
            found.setdefault(translate(LABELS[button]), button)
    return found


@contextmanager
def open_chat(language: Language, home: Path) -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-m", "bot", "chat", "--language", language.value]
    # One talk files them all here, which no person would: the limits for one person are lifted.
    place = {
        **os.environ,
        "FANZHA_HOME": str(home),
        "FANZHA_REPORTS_AN_HOUR": "100000",
        "FANZHA_MESSAGES_A_MINUTE": "100000",
        "PYTHONUNBUFFERED": "1",
    }
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=place, encoding="utf-8"
    ) as chat:
        read_screen(chat)
        yield chat
        assert chat.stdin is not None
        chat.stdin.close()


def file(chat: "subprocess.Popen[str]", text: str, labels: dict[str, str]) -> Filing:
    began = time.perf_counter()
    first = screen = ""
    for line in text.split("\n"):
        if line.strip():
            screen = tell(chat, line)
            first = first or screen
    taps = 0
    while taps < MOST_TAPS and not RECEIPT.search(screen):
        choice = choose(screen, labels, WAY)
        if choice is None:
            break
        screen = tell(chat, choice)
        taps += 1
    found = RECEIPT.search(screen)
    seconds = time.perf_counter() - began
    again = choose(screen, labels, ("new",))
    assert again is not None, "every filed report offers a new one"
    tell(chat, again)
    return Filing(found.group() if found else None, taps, kind_of(first), seconds)


def tell(chat: "subprocess.Popen[str]", line: str) -> str:
    assert chat.stdin is not None
    chat.stdin.write(line + "\n")
    chat.stdin.flush()
    return read_screen(chat)


def read_screen(chat: "subprocess.Popen[str]") -> str:
    """Up to the line of the buttons that are on every screen."""
    assert chat.stdout is not None
    lines = []
    for line in chat.stdout:
        lines.append(line)
        if line.startswith("[a] "):
            break
    return "".join(lines)


def choose(screen: str, labels: dict[str, str], wanted: tuple[str, ...]) -> str | None:
    there = {
        labels.get(label.strip()): number for number, label in re.findall(r"^\[(\d+)\] (.+)$", screen, re.MULTILINE)
    }
    return next((there[button] for button in wanted if button in there), None)


def kind_of(screen: str) -> str:
    """Whether steps came first: a numbered list before any choice."""
    return "card with steps" if re.search(r"^1\. ", screen, re.MULTILINE) else "something else"


def report(filings: list[Filing], kinds: int) -> None:
    receipts = [filing.receipt for filing in filings if filing.receipt]
    taps = [filing.taps for filing in filings if filing.receipt]
    firsts = collections.Counter(filing.first for filing in filings)
    print(f"tellings                      {len(filings)}, of {kinds} labels")
    print(f"filed, each with its receipt  {len(receipts)} ({len(set(receipts))} different)")
    print(f"taps to the receipt           median {statistics.median(taps):.0f}, most {max(taps)}")
    print(f"within three taps             {sum(tap <= 3 for tap in taps)}")
    for first, count in firsts.most_common():
        print(f"first answer: {first:15} {count}")
    print(f"seconds a report              median {statistics.median(f.seconds for f in filings):.1f}")


if __name__ == "__main__":
    main()
