"""An empty pattern file that explains itself, for an editor to fill in."""

from datetime import date
from importlib import resources

from knowledge.checked import is_identifier, not_an_identifier
from knowledge.errors import CatalogueError, Fault


def skeleton(pattern_id: str, today: date) -> str:
    """The file's text. Raises CatalogueError for what can be no id.

    Its empty texts are faults, so nothing unfinished can be loaded.
    """
    if not is_identifier(pattern_id):
        raise CatalogueError([Fault(f"{pattern_id}.toml", "id", not_an_identifier(pattern_id))])
    text = (resources.files("knowledge.editing") / "skeleton.toml").read_text(encoding="utf-8")
    return text.replace("{id}", pattern_id).replace("{day}", today.isoformat())
