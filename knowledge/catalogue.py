"""All patterns or none: loading, with every fault named; run as a module it checks files while they are written."""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from knowledge.checked import read_table, read_written
from knowledge.errors import CatalogueError, Fault, TaxonomiesError
from knowledge.pattern import Pattern
from knowledge.pattern_file import read_pattern
from knowledge.taxonomies import Taxonomies, shipped_taxonomies


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The known patterns by id, in the order of their ids."""

    by_id: Mapping[str, Pattern]

    def __getitem__(self, pattern_id: str) -> Pattern:
        return self.by_id[pattern_id]

    def __iter__(self) -> Iterator[Pattern]:
        return iter(self.by_id.values())

    def __len__(self) -> int:
        return len(self.by_id)

    def __contains__(self, pattern_id: object) -> bool:
        return pattern_id in self.by_id


def load_catalogue(directory: Path | Traversable, *, taxonomies: Taxonomies | None = None) -> Catalogue:
    """Every `*.toml` of `directory`, or CatalogueError with every fault. `taxonomies`: the shipped ones if None."""
    try:
        files = sorted(
            (path for path in directory.iterdir() if path.name.endswith(".toml")), key=lambda path: path.name
        )
    except OSError as error:
        raise CatalogueError([Fault(directory.name, "", f"cannot be read: {error.strerror}")]) from error
    patterns, faults = _read_files(files, taxonomies or shipped_taxonomies())
    faults += _unknown_neighbours(patterns)
    if not files:
        faults.append(Fault(directory.name, "", "holds no pattern; put at least one .toml file there"))
    if faults:
        raise CatalogueError(faults)
    return Catalogue({pattern.id: pattern for pattern in patterns})


@cache
def shipped_catalogue() -> Catalogue:
    """The patterns inside the installed package, read once a process: they change with the program alone."""
    return load_catalogue(resources.files("knowledge") / "patterns")


@dataclass(frozen=True, slots=True)
class Drafts:
    """Pattern files being written, beside the shipped ones.

    `patterns` are those files, as far as they can be read and known by their files' names; `faults` are theirs alone,
    and `sound` are the ids of those that have none. `others` are the shipped patterns of other ids; `left_out` names
    the shipped files that have faults of their own.
    """

    patterns: tuple[Pattern, ...]
    sound: frozenset[str]
    faults: tuple[Fault, ...]
    others: tuple[Pattern, ...]
    left_out: tuple[str, ...]


def read_drafts(files: Sequence[Path], shipped: Path, *, taxonomies: Taxonomies | None = None) -> Drafts:
    """Reads on past every fault. A file takes the place of the shipped one of its name; no files: all shipped ones."""
    codes = taxonomies or shipped_taxonomies()
    on_the_shelf = sorted(shipped.glob("*.toml"))
    asked = list(files) or on_the_shelf
    names = {path.name for path in asked}
    drafts: list[Pattern] = []
    faults: list[Fault] = []
    for path in asked:
        read, own = _read_files([path], codes)
        drafts += [replace(pattern, id=path.name.removesuffix(".toml")) for pattern in read]
        faults += own
    others: list[Pattern] = []
    left_out: list[str] = []
    for path in on_the_shelf:
        if path.name not in names:
            read, own = _read_files([path], codes)
            others += read if not own else ()
            left_out += [path.name] if own else []
    # A neighbour that has faults of its own is there all the same.
    there = {name.removesuffix(".toml") for name in left_out}
    faults += [fault for fault in _unknown_neighbours([*drafts, *others], also=there) if fault.file in names]
    faulty = {fault.file for fault in faults}
    sound = frozenset(pattern.id for pattern in drafts if f"{pattern.id}.toml" not in faulty)
    return Drafts(tuple(drafts), sound, tuple(sorted(set(faults))), tuple(others), tuple(left_out))


def over(shipped: Catalogue, published: Mapping[str, str], *, taxonomies: Taxonomies | None = None) -> Catalogue:
    """The shipped patterns, and over them the published ones: TOML by id, read as files are. Raises CatalogueError."""
    faults: list[Fault] = []
    patterns = dict(shipped.by_id)
    for pattern_id, written in published.items():
        table = read_written(written.encode(), f"{pattern_id}.toml", faults)
        if table is not None:
            read = read_pattern(table, stem=pattern_id, taxonomies=taxonomies or shipped_taxonomies())
            patterns[pattern_id] = read
    faults += _unknown_neighbours(tuple(patterns.values()))
    if faults:
        raise CatalogueError(faults)
    return Catalogue(dict(sorted(patterns.items())))


def _read_files(files: Iterable[Path | Traversable], taxonomies: Taxonomies) -> tuple[list[Pattern], list[Fault]]:
    patterns: list[Pattern] = []
    faults: list[Fault] = []
    for path in files:
        table = read_table(path, faults)
        if table is not None:
            patterns.append(read_pattern(table, stem=path.name.removesuffix(".toml"), taxonomies=taxonomies))
    return patterns, faults


def _unknown_neighbours(patterns: Sequence[Pattern], also: Iterable[str] = ()) -> list[Fault]:
    known = {*(pattern.id for pattern in patterns), *also}
    return [
        Fault(f"{pattern.id}.toml", f"questions[{at}].against", f'there is no pattern "{other}"; name one that exists')
        for pattern in patterns
        for at, question in enumerate(pattern.questions)
        for other in question.against
        if other not in known or other == pattern.id
    ]


def main(arguments: Sequence[str]) -> int:
    """Prints every fault of the named pattern files; neighbours in other files are not looked for."""
    try:
        taxonomies = shipped_taxonomies()
    except TaxonomiesError as error:
        sys.stdout.write(f"{error}\n(codes are not checked until that is mended)\n")
        taxonomies = Taxonomies({})
    _, faults = _read_files([Path(argument) for argument in arguments], taxonomies)
    for fault in sorted(set(faults)):
        sys.stdout.write(f"{fault}\n")
    sys.stdout.write(f"{len(arguments)} file(s), {len(set(faults))} fault(s)\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
