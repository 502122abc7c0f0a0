"""The longest texts there are, of the worst kinds: how long a match takes, and how that grows.

    python benchmarks/worst_cases.py

Each kind at 1,024 to 16,384 characters, the limit: milliseconds of the process's own time, and how many times as long
the longest takes as one a quarter of it. About four is linear; sixteen would be quadratic.
"""

import random
import time
from itertools import cycle, islice

from knowledge.shipped import shipped_release

_LENGTHS = (1_024, 4_096, 16_384)


def kinds() -> dict[str, str]:
    generator = random.Random(4)  # noqa: S311 - no secret hangs on it
    release = shipped_release()
    red_flags = [wording.text for wording in release.ground.learned.finder.index.wordings]
    return {
        "one letter": "a",
        "one character": "转",
        "combining marks": "e\u0301\u0327\u0332",
        "look-alikes": "раураl ассоunt ",
        "digits": "7",
        "digits and dots": "1.2.3.4.",
        "letters spaced apart": "t r a n s f e r ",
        "letters dotted apart": "t.r.a.n.s.f.e.r ",
        "links": "https://a.top/x?y=1 ",
        "brackets": "[.](.)[:]//",
        "invisible": "转\u200b账\u2060",
        "emoji": "😀",
        "words run together": "pleasetransferyourmoneytothesafeaccount",
        "every red flag": "，".join(generator.sample(red_flags, 2_000)),
        "noise": "".join(chr(generator.randrange(0x20, 0x2FFF)) for _ in range(16_384)),
    }


def main() -> None:
    matcher = shipped_release().matcher
    matcher.match("warm")
    print(f"{'':24}" + "".join(f"{length:>10}" for length in _LENGTHS) + f"{'growth':>10}")
    for kind, text in kinds().items():
        took = []
        for length in _LENGTHS:
            whole = "".join(islice(cycle(text), length))
            times = []
            for _ in range(3):
                began = time.process_time()
                matcher.match(whole)
                times.append(1000 * (time.process_time() - began))
            took.append(min(times))
        print(f"{kind:24}" + "".join(f"{time_:>10.1f}" for time_ in took) + f"{took[-1] / took[-2]:>9.1f}x", flush=True)


if __name__ == "__main__":
    main()
