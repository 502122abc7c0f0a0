"""Updates of every type the Bot API publishes, with no more in them than must be there."""

import json
from collections.abc import Iterator
from typing import Any

from tests.fakes.telegram_facts import FACTS


def every_update() -> Iterator[dict[str, Any]]:
    """One of each type, with only what must be there."""
    types = json.loads(FACTS.read_text(encoding="utf-8"))["types"]

    def make(kind: str, depth: int = 0) -> Any:
        if kind.startswith("Array of "):
            return [make(kind.removeprefix("Array of "), depth + 1)]
        simple = {"Integer": 1, "Float": 1.5, "String": "a", "Boolean": True, "True": True}
        if kind in simple:
            return simple[kind]
        if subtypes := types[kind].get("subtypes"):
            return make(subtypes[0], depth + 1)
        fields = [field for field in types[kind].get("fields", ()) if field["required"] and depth < 8]
        return {field["name"]: make(field["types"][0], depth + 1) for field in fields}

    for field in types["Update"]["fields"]:
        if not field["required"]:
            yield {field["name"]: make(field["types"][0])}
