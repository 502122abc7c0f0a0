"""One pattern file read and checked: the format of `patterns/*.toml`."""

import re
from collections.abc import Mapping

from knowledge.checked import Table
from knowledge.language import Texts
from knowledge.pattern import AdviceStage, Pattern, Question, RedFlag, Severity, Source, Stage, System
from knowledge.taxonomies import Taxonomies

_DATE = re.compile(r"\d{4}(-\d{2}-\d{2})?")
# Other programs compare these two to the letter; the others are the publishers' own words of many years.
_FIXED = (System.MPS, System.TW165)
_NEEDED_ADVICE = (AdviceStage.NOT_PAID, AdviceStage.PAID)


def read_pattern(table: Table, *, stem: str, taxonomies: Taxonomies) -> Pattern:
    """The pattern in `table`; worth keeping only if no fault was noted. `stem` is the file's name without .toml."""
    pattern = Pattern(
        id=_own_name(table, stem),
        version=table.number("version"),
        severity=table.choice("severity", Severity),
        history=table.strings("history"),
        codes=_codes(table.table("codes"), taxonomies),
        name=table.texts("name", limit=60),
        gist=table.texts("gist", limit=400),
        stages=tuple(_stage(below) for below in table.tables("stages", least=3, most=6)),
        next=table.texts("next", limit=400),
        red_flags=tuple(_red_flag(below) for below in table.tables("red_flags", least=4, most=8)),
        tellings=table.lists("tellings", least=5, most=80, limit=600),
        scripts=table.lists("scripts", least=5, most=80, limit=600),
        advice=_advice(table.table("advice")),
        questions=tuple(_question(below) for below in table.tables("questions", least=2, most=4)),
        sources=tuple(_source(below) for below in table.tables("sources")),
    )
    table.refuse_the_rest()
    _refuse_repeats(table, "stages", [stage.id for stage in pattern.stages])
    _refuse_repeats(table, "red_flags", [red_flag.id for red_flag in pattern.red_flags])
    _refuse_repeats(table, "questions", [question.id for question in pattern.questions])
    _refuse_shared_phrasings(table, pattern)
    return pattern


def _own_name(table: Table, stem: str) -> str:
    name = table.identifier("id")
    if name and name != stem:
        table.fault("id", f'"{name}" differs from the file\'s name; write "{stem}" or rename the file')
    return name


def _codes(table: Table, taxonomies: Taxonomies) -> Mapping[System, tuple[str, ...]]:
    codes = {system: table.strings(system) for system in System if table.has(system)}
    table.refuse_the_rest()
    for system, own in codes.items():
        for at, code in enumerate(own):
            if system in _FIXED and taxonomies.is_listed(system) and not taxonomies.has(system, code):
                table.fault(f"{system}[{at}]", f'"{code}" is not in taxonomies.toml; copy one of its codes exactly')
    return codes


def _stage(table: Table) -> Stage:
    stage = Stage(id=table.identifier("id"), text=table.all_languages(limit=400))
    table.refuse_the_rest()
    return stage


def _red_flag(table: Table) -> RedFlag:
    red_flag = RedFlag(
        id=table.identifier("id"),
        name=table.texts("name", limit=120),
        phrasings=table.lists("phrasings", least=4, most=16, limit=80),
        honest_alone=table.truth("honest_alone") if table.has("honest_alone") else False,
    )
    table.refuse_the_rest()
    return red_flag


def _advice(table: Table) -> Mapping[AdviceStage, Texts]:
    advice = {stage: table.texts(stage, limit=600) for stage in AdviceStage if table.has(stage)}
    table.refuse_the_rest()
    for stage in _NEEDED_ADVICE:
        if stage not in advice:
            table.fault(stage, f"is missing; write [advice.{stage}]")
    return advice


def _question(table: Table) -> Question:
    question = Question(
        id=table.identifier("id"),
        text=table.all_languages(limit=200),
        against=table.strings("against"),
        yes_means_neighbour=table.truth("yes_means_neighbour") if table.has("yes_means_neighbour") else False,
    )
    table.refuse_the_rest()
    return question


def _source(table: Table) -> Source:
    source = Source(
        publisher=table.text("publisher", limit=200),
        title=table.text("title", limit=300),
        date=table.text("date"),
        url=table.text("url", empty=True),
    )
    table.refuse_the_rest()
    if source.date and not _DATE.fullmatch(source.date):
        table.fault("date", f'"{source.date}" is no date; write "2026" or "2026-11-23"')
    if source.url and not source.url.startswith("https://"):
        table.fault("url", "must begin with https://")
    return source


def _refuse_repeats(table: Table, key: str, ids: list[str]) -> None:
    for name in {name for name in ids if name and ids.count(name) > 1}:
        table.fault(key, f'the id "{name}" stands {ids.count(name)} times; give each its own')


def _refuse_shared_phrasings(table: Table, pattern: Pattern) -> None:
    """One phrasing under two red flags would make the reason shown to people a toss of a coin."""
    owners: dict[str, str] = {}
    for red_flag in pattern.red_flags:
        for phrasing in sorted({text for texts in red_flag.phrasings.values() for text in texts}):
            owner = owners.setdefault(phrasing, red_flag.id)
            if owner != red_flag.id:
                table.fault("red_flags", f'"{phrasing}" stands under {owner} and {red_flag.id}; keep one')
