"""The matcher against what one would pick instead, on the same examples, in one run.

    python benchmarks/matching.py [--sizes 1000 10000 100000] [--told FILE] [--texts 300] [--long]

Each contender gets the same confirmed examples and answers the same texts with the pattern it takes to be right: a
nearest-neighbour search by the vote of its best five, the matcher by its first match (with evidence, likeness and
calibrated scores, which the others do not give). Each runs in a process of its own, so that memory is its own; the
matcher as it serves: learned in another process, which is told apart, and read from the bytes of a release.

Examples and texts are mixed from the shipped patterns' tellings: clauses of two or three of them, amounts changed. The
matcher ships with those tellings, so that only times and memory are compared on them; `--long` asks with texts of 300
characters. Who is right is compared with `--told FILE` (JSON lines, `text` and `label`), on tellings that nothing was
learned from. The rivals are no part of Fanzha: `pip install bm25s tantivy` for this benchmark alone.
"""

import argparse
import json
import os
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from knowledge.catalogue import shipped_catalogue
from knowledge.learning import Example

Answer = Callable[[str], str]
_CLAUSE = re.compile(r"[^，。,.!?！？；;]+[，。,.!?！？；;]?")
_LENGTH = 300


def mixed(count: int, *, held_out: bool, seed: int, least: int = 0) -> list[Example]:
    """Examples mixed from the shipped tellings; those held out are made of every fifth, the others of the rest. Of
    `least` characters, where one telling's clauses are too few."""
    generator = random.Random(seed)  # noqa: S311 - no secret hangs on it
    tellings = [
        (pattern.id, [text for at, text in enumerate(texts) if (at % 5 == 0) == held_out])
        for pattern in shipped_catalogue()
        for texts in pattern.tellings.values()
    ]
    tellings = [(label, texts) for label, texts in tellings if texts]
    made = []
    for _ in range(count):
        label, texts = generator.choice(tellings)
        clauses = [clause for text in generator.sample(texts, min(3, len(texts))) for clause in _CLAUSE.findall(text)]
        chosen = [clause for clause in clauses if generator.random() < 0.6] or clauses
        while sum(map(len, chosen)) < least:
            chosen += _CLAUSE.findall(generator.choice(texts))
        text = re.sub(r"\d+", lambda run: str(generator.randrange(10 ** len(run[0]))), "".join(chosen))
        made.append(Example(text[:_LENGTH], label))
    return made


def matcher(examples: Sequence[Example], told: bool) -> Answer:
    from knowledge.matching import Matcher
    from knowledge.release import unpack
    from knowledge.shipped import shipped_release

    if told:
        shipped = shipped_release()
        learned = Matcher.telling_apart(examples, shipped.ground, shipped.catalogue.by_id)
        return lambda text: learned.match(text).matches[0].pattern
    own = unpack(_packed(len(examples)).read_bytes()).matcher
    return lambda text: own.match(text).matches[0].pattern


def learn(size: int) -> dict[str, float]:
    """What `staff-jobs` has done in a process of its own; the release stays in a file for who serves it."""
    from knowledge.learning import learn_patterns
    from knowledge.ordinary import shipped_ordinary
    from knowledge.release import Release, pack
    from knowledge.text import shipped_normaliser

    examples = mixed(size, held_out=False, seed=1)
    began = time.perf_counter()
    catalogue = shipped_catalogue()
    ground = learn_patterns(catalogue, shipped_ordinary(), shipped_normaliser(), examples)
    _packed(size).write_bytes(pack(Release("benchmark", catalogue, ground)))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"took": time.perf_counter() - began, "peak": peak}


def _packed(size: int) -> Path:
    return Path(tempfile.gettempdir()) / f"fanzha-benchmark-{os.getuid()}-{size}.release"


def rapidfuzz(examples: Sequence[Example], told: bool) -> Answer:
    from rapidfuzz import fuzz

    return _fuzzily(examples, scorer=fuzz.ratio)


def rapidfuzz_as_it_comes(examples: Sequence[Example], told: bool) -> Answer:
    return _fuzzily(examples)


def _fuzzily(examples: Sequence[Example], **chosen: object) -> Answer:
    from rapidfuzz import process

    texts = [example.text for example in examples]
    return lambda text: _vote([examples[at].label for _, _, at in process.extract(text, texts, limit=5, **chosen)])


def bm25s(examples: Sequence[Example], told: bool) -> Answer:
    import bm25s as library
    import numpy as np

    index = library.BM25()
    index.index([_pairs(example.text) for example in examples], show_progress=False)
    known = set(index.vocab_dict)

    def answer(text: str) -> str:
        asked = [pair for pair in _pairs(text) if pair in known]
        found, _ = index.retrieve([asked or ["?"]], corpus=np.arange(len(examples)), k=5, show_progress=False)
        return _vote([examples[int(at)].label for at in found[0]])

    return answer


def tantivy(examples: Sequence[Example], told: bool) -> Answer:
    import tantivy as library

    schema = library.SchemaBuilder()
    schema.add_text_field("text", stored=False, tokenizer_name="pairs")
    schema.add_integer_field("at", stored=True)
    index = library.Index(schema.build())
    index.register_tokenizer("pairs", library.TextAnalyzerBuilder(library.Tokenizer.ngram(2, 2)).build())
    writer = index.writer()
    for at, example in enumerate(examples):
        writer.add_document(library.Document(text=example.text.lower(), at=at))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def answer(text: str) -> str:
        terms = set(_pairs(text))
        query = library.Query.boolean_query(
            [(library.Occur.Should, library.Query.term_query(index.schema, "text", pair)) for pair in terms]
        )
        found = searcher.search(query, 5).hits
        return _vote([examples[searcher.doc(place)["at"][0]].label for _, place in found])

    return answer


def fts5(examples: Sequence[Example], told: bool) -> Answer:
    import sqlite3

    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE told USING fts5(text, tokenize='trigram')")
    base.executemany("INSERT INTO told (rowid, text) VALUES (?, ?)", ((at, e.text) for at, e in enumerate(examples)))

    def answer(text: str) -> str:
        clean = text.replace('"', " ")
        terms = " OR ".join(sorted({f'"{clean[at : at + 3]}"' for at in range(len(clean) - 2)}))
        rows = base.execute("SELECT rowid FROM told WHERE told MATCH ? ORDER BY rank LIMIT 5", (terms,)).fetchall()
        return _vote([examples[at].label for (at,) in rows])

    return answer


CONTENDERS = {
    "matcher": matcher,
    "rapidfuzz extract, ratio": rapidfuzz,
    "rapidfuzz extract, default": rapidfuzz_as_it_comes,
    "bm25s": bm25s,
    "tantivy": tantivy,
    "SQLite FTS5 trigram": fts5,
}


def measure(name: str, size: int, told: Path | None, texts: int, least: int) -> dict[str, float]:
    """One contender at one size, in this process."""
    if told is None:
        examples = mixed(size, held_out=False, seed=1)
        asked = mixed(texts, held_out=True, seed=2, least=least)
    else:
        rows = [Example(row["text"][:_LENGTH], row["label"]) for row in map(json.loads, told.open(encoding="utf-8"))]
        random.Random(5).shuffle(rows)  # noqa: S311 - no secret hangs on it
        asked, examples = rows[:texts], rows[texts : texts + size]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.perf_counter()
    answer = CONTENDERS[name](examples, told is not None)
    built = time.perf_counter() - began
    for example in asked[:20]:
        answer(example.text)
    took, right = [], 0
    # The slow ones are not asked everything: a hundred texts tell the median.
    most = 100_000 if "default" in name else 3_000_000
    some = asked if name == "matcher" else asked[: max(20, min(len(asked), most // size))]
    for example in some:
        began = time.perf_counter()
        right += answer(example.text) == example.label
        took.append(1000 * (time.perf_counter() - began))
    took.sort()
    return {
        "examples": len(examples),
        "built": built,
        "median": statistics.median(took),
        "p99": took[min(len(took) - 1, int(0.99 * len(took)))],
        "mean": statistics.fmean(took),
        "right": right / len(some),
        "grown": (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024,
        "asked": len(some),
    }


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    arguments.add_argument("--told", type=Path)
    arguments.add_argument("--texts", type=int, default=300)
    arguments.add_argument("--long", action="store_true", help="ask with texts of 300 characters")
    arguments.add_argument("--only", choices=CONTENDERS, nargs="+", default=list(CONTENDERS))
    arguments.add_argument("--one", nargs=2, metavar=("NAME", "SIZE"), help=argparse.SUPPRESS)
    arguments.add_argument("--learn", type=int, help=argparse.SUPPRESS)
    chosen = arguments.parse_args()
    if chosen.learn:
        print(json.dumps(learn(chosen.learn)))
        return
    if chosen.one:
        print(json.dumps(measure(chosen.one[0], int(chosen.one[1]), chosen.told, chosen.texts, _LENGTH * chosen.long)))
        return
    print(
        f"{'':28}{'examples':>9}{'right':>8}{'median ms':>11}{'p99 ms':>9}{'texts/s':>9}{'ready s':>9}{'peak +MB':>10}"
    )
    for size in chosen.sizes:
        for name in chosen.only:
            passed = [*(["--told", str(chosen.told)] if chosen.told else []), *(["--long"] if chosen.long else [])]
            if name == "matcher" and not chosen.told:
                learned = _run("--learn", str(size))
                if learned is None:
                    continue
                note = f"learned in {learned['took']:.0f} s by a process that grew to {learned['peak']:.0f} MB"
            found = _run("--one", name, str(size), "--texts", str(chosen.texts), *passed)
            if found is None:
                continue
            right = f"{found['right']:.3f}" if chosen.told else "-"
            print(
                f"{name:28}{found['examples']:>9}{right:>8}{found['median']:>11.2f}{found['p99']:>9.2f}"
                f"{1000 / found['mean']:>9.0f}{found['built']:>9.1f}{found['grown']:>10.0f}",
                flush=True,
            )
            if name == "matcher" and not chosen.told:
                print(f"  ({note})", flush=True)
                _packed(size).unlink()


def _run(*told: str) -> dict[str, float] | None:
    """What one process measured; None where it could not, which is said."""
    done = subprocess.run([sys.executable, __file__, *told], capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"{' '.join(told[1:3]):37}  not measured: {done.stderr.strip().splitlines()[-1]}")
        return None
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _pairs(text: str) -> list[str]:
    lower = text.lower()
    return [lower[at : at + 2] for at in range(len(lower) - 1)]


def _vote(labels: Sequence[str]) -> str:
    return Counter(labels).most_common(1)[0][0] if labels else ""


if __name__ == "__main__":
    main()
