"""The tables of the search index: numbers alone, which say nothing to who has no staff key but which tips are alike."""

from typing import Any

from sqlmodel import Field, SQLModel

from storage.columns import Number

# SQLite then keeps the rows in their key's order, without a second copy: half the size.
_IN_ORDER: dict[str, Any] = {"sqlite_with_rowid": False}


class IndexedTip(SQLModel, table=True):
    """A tip that can be found. `number`: the microsecond of its filing, by which it stands in the two tables below;
    `terms` and `sketch` hold what stands there, so that it can be erased and compared without a key; `alike`: how many
    were nearly the same when it or they were written, kept so that a list of tips compares none."""

    tip: str = Field(primary_key=True, foreign_key="tip.id")
    number: int = Field(unique=True, sa_type=Number)
    terms: bytes
    sketch: bytes
    alike: int = Field(default=0, sa_type=Number)


class Term(SQLModel, table=True):
    """That a tip has something: in its order, the newest tip that has it is found first."""

    __table_args__ = _IN_ORDER

    hash: int = Field(primary_key=True, sa_type=Number)
    number: int = Field(primary_key=True, sa_type=Number)


class Band(SQLModel, table=True):
    """A part of a tip's sketch: tips that are nearly alike agree in one at least."""

    __table_args__ = _IN_ORDER

    hash: int = Field(primary_key=True, sa_type=Number)
    number: int = Field(primary_key=True, sa_type=Number)
