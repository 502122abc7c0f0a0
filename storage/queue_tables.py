"""The queue's own table: the filters that staff keep."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.columns import Number, UtcDateTime


class SavedFilter(SQLModel, table=True):
    """A filter by name. `chosen` is JSON, which the face reads and this room does not; shared, everybody sees it."""

    __table_args__ = (UniqueConstraint("account", "name", name="uq_savedfilter_name"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=Number)
    account: str = Field(foreign_key="account.name", index=True)
    name: str
    chosen: str
    is_shared: bool = Field(index=True)
    saved_at: datetime = Field(sa_type=UtcDateTime)
