"""What was learned of the package's files, kept beside them: whoever can change it could change the program as well."""

import hashlib
import tempfile
from collections.abc import Iterable
from importlib import resources
from pathlib import Path

PACKAGE = Path(str(resources.files("knowledge")))
KEPT = "kept"


def fingerprint_of(package: Path, sources: Iterable[Path], form: str) -> str:
    """Of everything that decides what is learned: what is read, and how. `form` counts what is kept of it."""
    digest = hashlib.sha256(form.encode())
    for path in sources:
        content = path.read_bytes()
        digest.update(f"{path.relative_to(package)} {len(content)} ".encode())
        digest.update(content)
    return digest.hexdigest()[:32]


def keep(content: bytes, place: Path, outdated: str) -> None:
    """Written aside and moved into place, so that nobody ever reads half of it; what is `outdated`, a pattern of names,
    goes. Raises OSError where the folder cannot be written."""
    place.parent.mkdir(exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=place.parent, suffix=".part", delete=False) as part:
        part.write(content)
    Path(part.name).chmod(0o644)
    Path(part.name).replace(place)
    for other in place.parent.glob(outdated):
        if other != place:
            other.unlink(missing_ok=True)
