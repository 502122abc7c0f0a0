"""What differs between two versions of a pattern: texts taken out and put in, by key."""

from collections.abc import Mapping
from dataclasses import dataclass

from knowledge.language import Texts
from knowledge.pattern import Pattern, Phrases


@dataclass(frozen=True, slots=True)
class Change:
    """What one key lost and gained, in the order of the file."""

    key: str
    removed: tuple[str, ...]
    added: tuple[str, ...]


def changes(before: Pattern | None, after: Pattern) -> tuple[Change, ...]:
    """Every key that differs; None is a pattern that was not there. A list put in another order is no change."""
    old = {} if before is None else _written(before)
    new = _written(after)
    found = [
        Change(
            key,
            tuple(text for text in old.get(key, ()) if text not in new.get(key, ())),
            tuple(text for text in new.get(key, ()) if text not in old.get(key, ())),
        )
        for key in dict.fromkeys((*new, *old))
    ]
    return tuple(change for change in found if change.removed or change.added)


def teaches(change: Change) -> bool:
    """Whether the matcher learns from what changed: not from codes, advice, questions, sources or a version."""
    return change.key.split(".")[0] in {"name", "gist", "stages", "next", "red_flags", "tellings", "scripts"}


def _written(pattern: Pattern) -> Mapping[str, tuple[str, ...]]:
    """Every text by the key an editor knows it by; an entry by its id, so that none moves with its place."""
    written: dict[str, tuple[str, ...]] = {
        "version": (str(pattern.version),),
        "severity": (pattern.severity,),
        "history": pattern.history,
        **{f"codes.{system}": codes for system, codes in pattern.codes.items()},
        **_each("name", pattern.name),
        **_each("gist", pattern.gist),
    }
    for stage in pattern.stages:
        written |= _each(f"stages.{stage.id}", stage.text)
    written |= _each("next", pattern.next)
    for flag in pattern.red_flags:
        written |= _each(f"red_flags.{flag.id}.name", flag.name)
        written |= _lists(f"red_flags.{flag.id}.phrasings", flag.phrasings)
        written[f"red_flags.{flag.id}.honest_alone"] = ("true",) if flag.honest_alone else ()
    written |= _lists("tellings", pattern.tellings) | _lists("scripts", pattern.scripts)
    for advised, texts in pattern.advice.items():
        written |= _each(f"advice.{advised}", texts)
    for question in pattern.questions:
        written |= _each(f"questions.{question.id}", question.text)
        written[f"questions.{question.id}.against"] = question.against
    sources = (f"{source.publisher}: {source.title} ({source.date}) {source.url}".strip() for source in pattern.sources)
    written["sources"] = tuple(sources)
    return written


def _each(key: str, texts: Texts) -> dict[str, tuple[str, ...]]:
    return {f"{key}.{language}": (text,) for language, text in texts.items()}


def _lists(key: str, phrases: Phrases) -> dict[str, tuple[str, ...]]:
    return {f"{key}.{language}": texts for language, texts in phrases.items()}
