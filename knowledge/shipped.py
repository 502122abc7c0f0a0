"""The knowledge inside the installed package, learned once and kept beside it.

Learning takes twenty seconds, loading some tenths of a second. What was learned lies under the fingerprint of all it
was learned from, in the package's own folder: whoever can change it there could change the program as well. Where that
folder cannot be written, it is learned anew at each start.
"""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from knowledge.catalogue import load_catalogue
from knowledge.errors import ReleaseError
from knowledge.keeping import KEPT, PACKAGE, fingerprint_of, keep
from knowledge.ordinary import FILE
from knowledge.release import FORMAT, Release, pack, unpack

__all__ = ["KEPT", "PACKAGE", "fingerprint", "is_kept", "learn", "place_kept", "shipped_release"]


def shipped_release(package: Path = PACKAGE) -> Release:
    """The shipped patterns and what was learned of them. Raises KnowledgeError, naming every fault."""
    kept = place_kept(package)
    release = _load(kept)
    if release is not None:
        return release
    packed = pack(learn(package, kept.stem), compressed=False)
    with suppress(OSError):
        keep(packed, kept, "*.npz")
    # What was just learned and what is loaded the next time answer alike, to the last digit.
    return unpack(packed)


def place_kept(package: Path = PACKAGE) -> Path:
    """Where what was learned of the shipped patterns as they are now lies, or would."""
    return package / KEPT / f"{fingerprint(package)}.npz"


def is_kept(package: Path = PACKAGE) -> bool:
    """Whether it lies there and can be loaded, so that nothing has to be learned."""
    return _load(place_kept(package)) is not None


def learn(package: Path, name: str) -> Release:
    """Learned from the files, whatever is kept."""
    # What fits needs SciPy and scikit-learn, which cost a second to import; whoever finds it learned needs neither.
    from knowledge.learning import learn_patterns  # noqa: PLC0415 - as said above
    from knowledge.ordinary import load_ordinary  # noqa: PLC0415 - the same
    from knowledge.text import shipped_normaliser  # noqa: PLC0415 - the same

    catalogue = load_catalogue(package / "patterns")
    ground = learn_patterns(catalogue, load_ordinary(package / FILE), shipped_normaliser())
    return Release(name, catalogue, ground)


def fingerprint(package: Path = PACKAGE) -> str:
    """Of everything that decides what is learned: the words, and how they are read and weighed."""
    return fingerprint_of(package, _sources(package), f"format {FORMAT}")


_CODE = (
    "calibrating features fitting gate indexing judging kernel learned learning matching measuring ordinary pattern"
    " ranking red_flags slots spacing splitting squeezing text ways wordings"
)


def _sources(package: Path) -> Iterator[Path]:
    yield from sorted((package / "patterns").glob("*.toml"))
    yield from (package / FILE, package / "lookalikes.toml")
    yield from (package / f"{module}.py" for module in _CODE.split())


def _load(kept: Path) -> Release | None:
    with suppress(ReleaseError):
        release = unpack(kept)
        if release.name == kept.stem:
            return release
    return None
