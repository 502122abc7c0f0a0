"""A release learned in a process of its own: what is to be learned goes in as JSON, the release comes out.

It takes the processor for twenty seconds and more, which no process that answers people should; and what was told is
then in the memory of a process that holds no key, opens no database, writes no file, and ends. Run as
`python -m knowledge.lesson`.
"""

import json
import os
import struct
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

from knowledge.errors import CatalogueError
from knowledge.gate import Figures


@dataclass(frozen=True, slots=True)
class Lesson:
    """`published`: TOML by id, over the shipped patterns. `examples`: confirmed texts, each with its pattern's id.

    `package` is the folder of the shipped knowledge.
    """

    name: str
    published: Mapping[str, str]
    examples: Sequence[tuple[str, str]]
    package: str

    def to_bytes(self) -> bytes:
        return json.dumps(asdict(self)).encode()

    @classmethod
    def from_bytes(cls, content: bytes) -> "Lesson":
        fields = json.loads(content)
        return cls(**{**fields, "examples": [(text, label) for text, label in fields["examples"]]})


@dataclass(frozen=True, slots=True)
class Learnt:
    """`packed` is the release; `shipped` are the figures of the shipped knowledge alone. `faults`: sentences on why
    there is none, where the published patterns cannot be read."""

    packed: bytes = b""
    figures: Figures | None = None
    shipped: Figures | None = None
    faults: tuple[str, ...] = ()

    def to_bytes(self) -> bytes:
        fields = {
            "figures": self.figures and self.figures.dump(),
            "shipped": self.shipped and self.shipped.dump(),
            "faults": self.faults,
        }
        head = json.dumps(fields).encode()
        return _SIZE.pack(len(head)) + head + self.packed

    @classmethod
    def from_bytes(cls, content: bytes) -> "Learnt":
        """Raises ValueError where a process ended before it had said all."""
        try:
            (size,) = _SIZE.unpack(content[: _SIZE.size])
            fields = json.loads(content[_SIZE.size : _SIZE.size + size])
        except struct.error as fault:
            raise ValueError("Learning said nothing.") from fault
        return cls(
            content[_SIZE.size + size :],
            Figures.load(fields["figures"]) if fields["figures"] else None,
            Figures.load(fields["shipped"]) if fields["shipped"] else None,
            tuple(fields["faults"]),
        )


def learn(lesson: Lesson) -> Learnt:
    """Examples of patterns that are no more are left out."""
    # ruff: noqa: PLC0415 - what fits takes a second to import, and who only asks for a lesson needs none of it
    from knowledge.catalogue import over
    from knowledge.learning import Example, learn_patterns
    from knowledge.ordinary import FILE, load_ordinary
    from knowledge.release import Release, pack, try_out, unpack
    from knowledge.shipped import shipped_release
    from knowledge.text import shipped_normaliser

    package = Path(lesson.package)
    shipped = shipped_release(package)
    try:
        catalogue = over(shipped.catalogue, lesson.published)
    except CatalogueError as error:
        return Learnt(faults=tuple(str(fault) for fault in error.faults))
    examples = [Example(text, label) for text, label in lesson.examples if label in catalogue]
    ordinary = load_ordinary(package / FILE)
    ground = learn_patterns(catalogue, ordinary, shipped_normaliser(), examples)
    packed = pack(Release(lesson.name, catalogue, ground))
    try_out(unpack(packed))
    return Learnt(packed, ground.figures, shipped.ground.figures)


_SIZE = struct.Struct(">I")


def main(told: BinaryIO, answer: BinaryIO) -> None:
    os.nice(10)  # whoever answers people goes first
    answer.write(learn(Lesson.from_bytes(told.read())).to_bytes())
    answer.flush()


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
