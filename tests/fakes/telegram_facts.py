"""The Bot API's published methods, and whether a call keeps to them: names, types, what must be there, lengths."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

FACTS = Path(__file__).with_name("bot_api_10.1.json")
"""Facts of the Bot API 10.1: methods and types with their fields, types and lengths."""

_MARKED_UP = frozenset({"sendMessage.text", "editMessageText.text"})

Call = Mapping[str, Any]
"""Parameters by name, as they were sent: a form's are all texts, and its arrays and objects JSON in them."""


class File(bytes):
    """What was uploaded."""


class Facts:
    """Checks calls; each fault is a sentence."""

    def __init__(self) -> None:
        facts = json.loads(FACTS.read_text(encoding="utf-8"))
        self._methods: dict[str, Any] = facts["methods"]
        self._types: dict[str, Any] = facts["types"]
        self._by_name = {name.casefold(): name for name in self._methods}

    def method(self, name: str) -> str | None:
        """As it is published; the Bot API does not tell capitals apart."""
        return self._by_name.get(name.casefold())

    def check(self, method: str, call: Call) -> tuple[dict[str, Any], tuple[str, ...]]:
        """The parameters as values, and what is wrong with them."""
        fields = {field["name"]: field for field in self._methods[method].get("fields", ())}
        faults = [f"{method} has no parameter {name}" for name in call if name not in fields]
        values: dict[str, Any] = {}
        for name, field in fields.items():
            if name not in call:
                if field["required"]:
                    faults.append(f"{method} needs {name}")
                continue
            values[name] = _read(call[name], field["types"])
            faults += self._value(f"{method}.{name}", values[name], field)
        return values, tuple(faults)

    def check_type(self, name: str, value: object) -> tuple[str, ...]:
        """What is wrong with an object of a type."""
        return tuple(self._object(name, name, value))

    def _value(self, place: str, value: object, field: Mapping[str, Any]) -> Iterator[str]:
        if not any(self._fits(kind, value) for kind in field["types"]):
            yield f"{place} is no {' or '.join(field['types'])}: {type(value).__name__}"
            return
        # Of several kinds of objects (keyboards, say), the one that it comes nearest to is meant.
        fitting = [tuple(self._inside(place, kind, value)) for kind in field["types"] if self._fits(kind, value)]
        yield from min(fitting, key=len)
        if "length" in field and isinstance(value, str):
            least, most, unit = field["length"]
            length = len(value.encode()) if unit == "bytes" else len(value)
            # A text that is marked up is measured once its marks are read, by whoever reads them.
            if not least <= length <= most and place not in _MARKED_UP:
                yield f"{place} has {length} {unit}; {least} to {most} fit"

    def _inside(self, place: str, kind: str, value: object) -> Iterator[str]:
        if kind.startswith("Array of ") and isinstance(value, list):
            for number, item in enumerate(value):
                yield from self._inside(f"{place}[{number}]", kind.removeprefix("Array of "), item)
        elif kind in self._types:
            yield from self._object(place, kind, value)

    def _object(self, place: str, kind: str, value: object) -> Iterator[str]:
        if kind == "InputFile":
            return
        subtypes = self._types[kind].get("subtypes") or ()
        if subtypes:
            every = [tuple(self._object(place, subtype, value)) for subtype in subtypes]
            yield from min(every, key=len)
            return
        if not isinstance(value, dict):
            yield f"{place} is no {kind}"
            return
        fields = {field["name"]: field for field in self._types[kind].get("fields", ())}
        yield from (f"{place} ({kind}) has no field {name}" for name in value if name not in fields)
        for name, field in fields.items():
            if name in value:
                yield from self._value(f"{place}.{name}", value[name], field)
            elif field["required"]:
                yield f"{place} ({kind}) needs {name}"

    def _fits(self, kind: str, value: object) -> bool:
        if kind.startswith("Array of "):
            return isinstance(value, list) and all(self._fits(kind.removeprefix("Array of "), item) for item in value)
        match kind:
            case "Integer":
                return isinstance(value, int) and not isinstance(value, bool)
            case "Float":
                return isinstance(value, int | float) and not isinstance(value, bool)
            case "Boolean" | "True":
                return isinstance(value, bool)
            case "String":
                return isinstance(value, str)
            case "InputFile":
                return isinstance(value, File | str)
            case _:
                return isinstance(value, dict)


def _read(value: object, kinds: list[str]) -> object:
    """A form knows only texts: what they are depends on what is asked for."""
    if not isinstance(value, str):
        return value
    is_text = "String" in kinds or kinds == ["InputFile"]
    if any(kind == "Integer" for kind in kinds) and value.lstrip("-").isdecimal():
        return int(value)
    if "Boolean" in kinds and value.casefold() in {"true", "false", "0", "1"}:
        return value.casefold() in {"true", "1"}
    if is_text and not (len(kinds) > 1 and value[:1] in "[{"):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value
