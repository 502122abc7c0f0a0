"""What accounts hold beside themselves: passkeys, recovery codes; and what two people decide together."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from storage.columns import Number, UtcDateTime


class Passkey(SQLModel, table=True):
    """A passkey of an account. `counter` is what the authenticator said last; most say 0 always."""

    id: bytes = Field(primary_key=True)
    account: str = Field(foreign_key="account.name", index=True)
    name: str
    public_key: bytes
    counter: int = Field(sa_type=Number)
    created_at: datetime = Field(sa_type=UtcDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime, nullable=True)


class SpentChallenge(SQLModel, table=True):
    """A passkey's challenge that was answered, so that it is answered once."""

    digest: bytes = Field(primary_key=True)
    expires_at: datetime = Field(sa_type=UtcDateTime, index=True)


class RecoveryCode(SQLModel, table=True):
    """A one-time recovery code, by hash."""

    code: bytes = Field(primary_key=True)
    account: str = Field(foreign_key="account.name", index=True)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime, nullable=True)


class Proposal(SQLModel, table=True):
    """What one member of staff asks for and another approves. `reason` and `body` are encrypted; `body` goes when it is
    over. `proof` shows staff that staff approved it."""

    __table_args__ = ({"sqlite_autoincrement": True},)

    id: int | None = Field(default=None, primary_key=True, sa_type=Number)
    act: str
    subject: str = Field(index=True)
    by: str = Field(foreign_key="account.name")
    reason: bytes
    body: bytes | None = None
    state: str = Field(index=True)
    proposed_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    decided_by: str | None = None
    proof: bytes | None = None
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime, nullable=True)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime, nullable=True)
