"""The build hook: compile every translation, so that the wheel carries what is read at run time."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileTranslations(BuildHookInterface[Any]):
    """Writes a .mo beside each .po; a damaged .po stops the build."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's signature
        for source in sorted(Path(self.root).glob("bot/locales/*/LC_MESSAGES/*.po")):
            compile_translation(source)


def compile_translation(source: Path) -> Path:
    """The .mo made from a .po, in its place or not at all."""
    with source.open("rb") as file:
        catalogue = read_po(file, locale=source.parts[-3], domain=source.stem, abort_invalid=True)
    compiled = source.with_suffix(".mo")
    draft = compiled.with_name(compiled.name + ".draft")
    with draft.open("wb") as file:
        write_mo(file, catalogue)
    return draft.replace(compiled)
