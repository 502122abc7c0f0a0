"""The desk's tables: who is bound to which account, to which group notices go, what was said, what is half done."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from storage.columns import Number, UtcDateTime


class DeskBinding(SQLModel, table=True):
    """A member of staff's Telegram. `person` is a pseudonym; `address`, encrypted, proves that the desk wrote it."""

    account: str = Field(primary_key=True, foreign_key="account.name")
    person: bytes = Field(unique=True)
    address: bytes
    language: str
    bound_at: datetime = Field(sa_type=UtcDateTime)
    lost_at: datetime | None = Field(default=None, sa_type=UtcDateTime, nullable=True)


class DeskCode(SQLModel, table=True):
    """A one-time code that binds, by hash; it goes when it is used."""

    code: bytes = Field(primary_key=True)
    account: str = Field(foreign_key="account.name", index=True)
    expires_at: datetime = Field(sa_type=UtcDateTime)


class DeskPlace(SQLModel, table=True):
    """A group that notices go to. `address`, encrypted, holds the chat and the thread of each topic."""

    chat: bytes = Field(primary_key=True)
    address: bytes
    language: str
    bound_by: str = Field(foreign_key="account.name")
    bound_at: datetime = Field(sa_type=UtcDateTime)
    lost_at: datetime | None = Field(default=None, sa_type=UtcDateTime, nullable=True)


class DeskNote(SQLModel, table=True):
    """That something was said in a chat, so that it is said once."""

    id: bytes = Field(primary_key=True)
    at: datetime = Field(sa_type=UtcDateTime, index=True)


class DeskCard(SQLModel, table=True):
    """A tip's card in a chat: what it shows of how the tip stands, and under which number the chat has it."""

    id: bytes = Field(primary_key=True)
    chat: bytes
    tip: str = Field(index=True)
    shown: str
    message: int | None = Field(default=None, sa_type=Number)
    at: datetime = Field(sa_type=UtcDateTime, index=True)


class DeskDraft(SQLModel, table=True):
    """What a member of staff has begun and not finished, encrypted: one for each."""

    person: bytes = Field(primary_key=True)
    body: bytes
    expires_at: datetime = Field(sa_type=UtcDateTime)
