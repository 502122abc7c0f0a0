"""Reads the files that say how dangers and kinds of report are told: all of them or none."""

from collections.abc import Mapping, Set
from contextlib import suppress
from dataclasses import dataclass, field, replace
from importlib.resources.abc import Traversable
from pathlib import Path

from knowledge.checked import Table, read_table
from knowledge.danger_cues import Cue, Unless
from knowledge.danger_names import Besides, Danger, Kind
from knowledge.danger_phrases import Lexicon, Phrase, PhraseError, Words
from knowledge.errors import Fault, KnowledgeError
from knowledge.language import Language

Subject = Danger | Kind | Besides


class DangersError(KnowledgeError):
    """Files of dangers that cannot be loaded; none of them is."""


@dataclass(frozen=True, slots=True)
class Example:
    """A telling as someone might write it, with exactly the dangers in it, its kind where it has one, and what else
    it tells. `complete`: what is not among `besides` is not told; else it may be."""

    text: str
    language: Language
    dangers: frozenset[Danger]
    kind: Kind | None
    besides: frozenset[Besides] = frozenset()
    complete: bool = False


@dataclass(frozen=True, slots=True)
class Against:
    """What says outright that something is not so. Where one of `phrases` stands, and none of `unless`, only the cues
    in `despite` are heard, and the classifier is not."""

    phrases: tuple[Phrase, ...]
    unless: tuple[Phrase, ...]
    despite: frozenset[str]


@dataclass(frozen=True, slots=True)
class DangerFiles:
    """What the files hold: cues by what they tell of, what speaks against it, and examples of all and of none."""

    cues: Mapping[Subject, tuple[Cue, ...]]
    examples: tuple[Example, ...]
    against: Mapping[Subject, tuple[Against, ...]] = field(default_factory=dict)


def load_danger_files(directory: Path | Traversable) -> DangerFiles:
    """Everything under `directory`: words.toml, a file for each subject, and examples/. Raises DangersError."""
    faults: list[Fault] = []
    words = _words(directory / "words.toml", faults)
    cues: dict[Subject, tuple[Cue, ...]] = {}
    against: dict[Subject, tuple[Against, ...]] = {}
    for path in _files(directory):
        if path.name != "words.toml":
            table = read_table(path, faults)
            if table is not None:
                _read_cues(table, path.name, words, cues, against)
    # The kind "mule" is told by the danger of that name.
    expected = {*Danger, *Kind, *Besides} - {Kind.MULE}
    faults += [Fault(_name(subject), "", "is missing or unreadable; restore it") for subject in expected - cues.keys()]
    examples = [
        example
        for path in _files(directory / "examples")
        if (table := read_table(path, faults)) is not None
        for example in read_examples(table)
    ]
    if faults:
        raise DangersError(faults)
    return DangerFiles(cues, tuple(examples), against)


def read_examples(table: Table, key: str = "examples") -> list[Example]:
    """The groups of examples in a file; texts of one group share their dangers, kind and what else."""
    examples = []
    for group in table.tables(key, most=400):
        dangers = frozenset(Danger(name) for name in group.strings("dangers", least=0) if _is_one(group, name))
        kind = group.choice("kind", Kind) if group.has("kind") else None
        complete = group.has("besides")
        besides = frozenset(group.choices("besides", Besides, least=0)) if complete else frozenset[Besides]()
        for language in Language:
            if group.has(language):
                texts = group.strings(language, most=1000)
                examples += [Example(text, language, dangers, kind, besides, complete) for text in texts]
        group.refuse_the_rest()
    table.refuse_the_rest()
    return examples


def _is_one(group: Table, name: str) -> bool:
    if name in set(Danger):
        return True
    group.fault("dangers", f'"{name}" is not among: {", ".join(Danger)}')
    return False


def _files(directory: Path | Traversable) -> list[Path | Traversable]:
    return sorted((path for path in directory.iterdir() if path.name.endswith(".toml")), key=lambda path: path.name)


def _name(subject: Subject) -> str:
    return f"kind-{subject}.toml" if isinstance(subject, Kind) else f"{subject}.toml"


def _words(path: Path | Traversable, faults: list[Fault]) -> Words:
    table = read_table(path, faults)
    return {} if table is None else _lexicon(table, {}).words


def _lexicon(table: Table, shared: Words) -> Lexicon:
    if not table.has("words"):
        return Lexicon(shared)
    own = table.table("words")
    lexicon = Lexicon({**shared, **{name: own.strings(name, most=400) for name in own.keys()}})  # noqa: SIM118 - no mapping
    for name in own.keys():  # noqa: SIM118 - a Table is no mapping
        _phrases(own, name, lexicon)
    return lexicon


def _read_cues(
    table: Table,
    file: str,
    shared: Words,
    cues: dict[Subject, tuple[Cue, ...]],
    against: dict[Subject, tuple[Against, ...]],
) -> None:
    subject = _subject(table)
    if subject is None:
        return
    if file != _name(subject):
        table.fault("danger", f"says {subject}, and the file is called {file}; call it {_name(subject)}")
    lexicon = _lexicon(table, shared)
    unless = _unless(table, lexicon)
    cues[subject] = tuple(_cue(each, lexicon, unless) for each in table.tables("cues", most=400))
    if table.has("against"):
        known = {cue.id for cue in cues[subject]}
        against[subject] = tuple(_against(each, lexicon, known) for each in table.tables("against", most=20))
    table.refuse_the_rest()


def _against(table: Table, lexicon: Lexicon, known: Set[str]) -> Against:
    unless = _phrases(table, "unless", lexicon) if table.has("unless") else ()
    despite = frozenset(table.strings("despite", least=0)) if table.has("despite") else frozenset[str]()
    for name in sorted(despite - known):
        table.fault("despite", f'"{name}" is no cue of this file; the cues are: {", ".join(sorted(known))}')
    found = Against(_phrases(table, "phrases", lexicon), unless, despite)
    table.refuse_the_rest()
    return found


def _subject(table: Table) -> Subject | None:
    if table.has("kind"):
        return table.choice("kind", Kind)
    if table.has("danger"):
        return table.choice("danger", Danger)
    if table.has("besides"):
        return table.choice("besides", Besides)
    table.fault("danger", 'is missing; write danger = "...", kind = "..." or besides = "..."')
    return None


def _cue(table: Table, lexicon: Lexicon, everywhere: Unless) -> Cue:
    name = table.identifier("id")
    unless = _unless(table, lexicon)
    if table.has("always"):
        table.truth("always")
    else:
        unless = unless + everywhere
    yields_to = frozenset(table.choices("yields_to", Danger)) if table.has("yields_to") else frozenset[Danger]()
    if table.has("any"):
        cue = Cue(name, (_phrases(table, "any", lexicon),), 1, 0, unless, yields_to)
    else:
        groups = tuple(_group(table, each, lexicon) for each in table.strings("together", least=2))
        cue = Cue(name, groups, table.number("at_least"), table.number("within"), unless, yields_to)
        if not 2 <= cue.at_least <= len(groups):
            table.fault("at_least", f"write a number from 2 to {len(groups)}, the groups there are")
            cue = replace(cue, at_least=2)
    table.refuse_the_rest()
    return cue


def _group(table: Table, name: str, lexicon: Lexicon) -> tuple[Phrase, ...]:
    if name not in lexicon.words:
        table.fault("together", f'"{name}" is no list of words; the lists are: {", ".join(sorted(lexicon.words))}')
        return ()
    phrases = []
    for source in lexicon.words[name]:
        # A phrase that cannot be read is a fault of its own list, noted there.
        with suppress(PhraseError):
            phrases.append(lexicon.read(source))
    return tuple(phrases)


def _unless(table: Table, lexicon: Lexicon) -> Unless:
    if not table.has("unless"):
        return Unless()
    own = table.table("unless")
    places = {
        place: _phrases(own, place, lexicon) for place in ("before", "after", "sentence", "message") if own.has(place)
    }
    own.refuse_the_rest()
    return Unless(**places)


def _phrases(table: Table, key: str, lexicon: Lexicon) -> tuple[Phrase, ...]:
    phrases = []
    for at, source in enumerate(table.strings(key, most=400)):
        try:
            phrases.append(lexicon.read(source))
        except PhraseError as error:
            table.fault(f"{key}[{at}]", f'"{source}" {error}')
    return tuple(phrases)
