"""Which kinds are taken for which, on tellings whose class is known.

    python benchmarks/confusions.py FILE [--system tw165] [--count 1200]

FILE holds JSON lines with `text` and `label`, the label being a class of the system. Each telling is answered by the
shipped knowledge alone; its first pattern's first class counts. Prints each class's share right, then the pairs.
"""

import argparse
import json
import random
from collections import Counter
from pathlib import Path

from knowledge.pattern import System
from knowledge.shipped import shipped_release


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("file", type=Path)
    arguments.add_argument("--system", type=System, default=System.TW165)
    arguments.add_argument("--count", type=int, default=1200)
    chosen = arguments.parse_args()
    with chosen.file.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    random.Random(1).shuffle(rows)  # noqa: S311 - no secret hangs on it
    matcher = shipped_release().matcher
    asked: Counter[str] = Counter()
    right: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for row in rows[: chosen.count]:
        classes = matcher.match(row["text"]).matches[0].codes.get(chosen.system, ("none",))
        asked[row["label"]] += 1
        if classes[0] == row["label"]:
            right[row["label"]] += 1
        else:
            pairs[row["label"], classes[0]] += 1
    print(f"{'all':24}{sum(asked.values()):>6}{sum(right.values()) / sum(asked.values()):>8.3f}")
    for label, count in asked.most_common():
        print(f"{label:24}{count:>6}{right[label] / count:>8.3f}")
    for (label, taken), count in pairs.most_common(15):
        print(f"{count:>4}  {label} -> {taken}")


if __name__ == "__main__":
    main()
