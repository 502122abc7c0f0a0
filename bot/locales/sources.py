"""For translators: bring the .po files up to date with the sentences in the sources (`make locales`)."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

LOCALES = ("zh_Hans", "zh_Hant")
"""Every sentence is translated into these."""

PLACES = ("zh_Hant_HK",)
"""Only what is worded otherwise there; the rest falls back."""

DOMAINS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "fanzha": ("bot/conversation", "bot/services", "bot/channels/terminal.py"),
        "web": ("bot/web",),
        "webchat": ("bot/channels/webchat",),
        "telegram": ("bot/channels/telegram",),
        "console": ("bot/staff",),
    }
)
"""Which sources each domain's sentences come from."""

_METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
_OPTIONS = {"**/templates/**.html": {"trimmed": "true", "silent": "false"}}
# N_ marks a sentence that is translated where it is said.
_KEYWORDS = {"N_": None, "_": None, "gettext": None, "ngettext": (1, 2)}


@dataclass(frozen=True, slots=True)
class Fault:
    """A sentence whose translation is missing, doubtful, or of a sentence nobody says any more."""

    file: Path
    sentence: str
    why: str


def extract(root: Path, domain: str) -> Catalog:
    """The sentences in the domain's sources, without the places they stand: those change with every edit."""
    found = Catalog(domain=domain, project="Fanzha", fuzzy=False)
    for source in DOMAINS[domain]:
        place = root / source
        directory, only = (place.parent, place.name) if place.suffix else (place, None)
        if not directory.is_dir():
            continue
        for name, _line, message, _comments, context in extract_from_dir(
            directory, _METHODS, _OPTIONS, keywords=_KEYWORDS
        ):
            if only is None or name == only:
                found.add(message, context=context)
    return found


def update(root: Path) -> tuple[Path, ...]:
    """Write every .po anew: new sentences come in empty, those no longer said go; the files that changed."""
    changed = []
    for domain in DOMAINS:
        template = extract(root, domain)
        if _ids(template) != _ids(_read(pot_file(root, domain), None, domain)):
            _write(pot_file(root, domain), template)
            changed.append(pot_file(root, domain))
        for locale in LOCALES if len(template) else ():
            path = po_file(root, locale, domain)
            before = path.read_bytes() if path.is_file() else b""
            catalogue = _read(path, locale, domain)
            catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
            catalogue.obsolete.clear()
            _write(path, catalogue)
            if path.read_bytes() != before:
                changed.append(path)
    return tuple(changed)


def check(root: Path) -> tuple[Fault, ...]:
    """What is wrong with the .po files as they stand."""
    faults = []
    for domain in DOMAINS:
        said = _ids(extract(root, domain))
        template = pot_file(root, domain)
        if _ids(_read(template, None, domain)) != said:
            faults.append(Fault(template, "", "it is not up to date: make locales"))
        for locale in (*LOCALES, *PLACES):
            path = po_file(root, locale, domain)
            written = {message.id: message for message in _read(path, locale, domain) if message.id}
            if locale in LOCALES:
                faults += [Fault(path, str(one), "it is not in the file") for one in said - written.keys()]
            faults += [Fault(path, str(one), "nobody says it any more") for one in written.keys() - said]
            faults += [Fault(path, str(one), "no translation") for one, m in written.items() if not m.string]
            faults += [Fault(path, str(one), "marked fuzzy") for one, m in written.items() if m.fuzzy]
    return tuple(sorted(faults, key=lambda fault: (fault.file, fault.sentence)))


def po_file(root: Path, locale: str, domain: str) -> Path:
    return root / "bot" / "locales" / locale / "LC_MESSAGES" / f"{domain}.po"


def pot_file(root: Path, domain: str) -> Path:
    """The sentences alone, for a new language to begin from."""
    return root / "bot" / "locales" / f"{domain}.pot"


def _ids(catalogue: Catalog) -> set[object]:
    return {message.id for message in catalogue if message.id}


def _write(path: Path, catalogue: Catalog) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, width=0, no_location=True, ignore_obsolete=True)


def _read(path: Path, locale: str | None, domain: str) -> Catalog:
    if not path.is_file():
        return Catalog(locale=locale, domain=domain, project="Fanzha", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=locale, domain=domain, abort_invalid=True)


def main() -> None:
    root = Path.cwd()
    for path in update(root):
        sys.stdout.write(f"updated {path.relative_to(root)}\n")
    faults = check(root)
    for fault in faults:
        sys.stdout.write(f"{fault.file.relative_to(root)}: {fault.why}: {fault.sentence!r}\n")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
