"""Which Telegram is whose: bound by a one-time code, found by a pseudonym, gone when the account is."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, delete, or_, select, update

from storage import accounts, outbox
from storage.accounts import Account
from storage.chance import RandomBytes, random_reference
from storage.database import Transaction
from storage.desk_key import DeskKey
from storage.desk_tables import DeskBinding, DeskCode, DeskDraft
from storage.errors import Expired, NotFound, Undecipherable
from storage.tables import Meta

CODE_LASTS = timedelta(minutes=10)
_BOT = "desk:bot"


@dataclass(frozen=True, slots=True)
class Binding:
    """`person`: the number Telegram knows them by, which is also that of the chat with them alone."""

    account: str
    person: int
    language: str
    bound_at: datetime
    lost_at: datetime | None


def make_code(t: Transaction, key: DeskKey, account: str, *, random: RandomBytes, now: datetime) -> str:
    """A code such as 7K3M-9QTX, good once, for CODE_LASTS; the account's former ones are over. Raises NotFound."""
    name = accounts.get(t, account).name
    t.session.exec(delete(DeskCode).where(or_(col(DeskCode.account) == name, col(DeskCode.expires_at) <= now)))
    code = random_reference(random)
    t.session.add(DeskCode(code=key.token_hash(code), account=name, expires_at=now + CODE_LASTS))
    t.session.flush()
    return code


def use_code(t: Transaction, key: DeskKey, code: str, *, person: int, language: str, now: datetime) -> Account:
    """Bind whoever sent the code to its account; what either was bound to before is over. Raises Expired."""
    row = t.session.get(DeskCode, key.token_hash(code))
    if row is None or row.expires_at <= now:
        raise Expired("code")
    account = row.account
    t.session.delete(row)
    who = _who(key, person)
    t.session.exec(delete(DeskBinding).where(or_(col(DeskBinding.account) == account, col(DeskBinding.person) == who)))
    sealed = key.encrypt(_context(account), str(person).encode())
    t.session.add(DeskBinding(account=account, person=who, address=sealed, language=language, bound_at=now))
    t.session.flush()
    return accounts.get(t, account)


def burn_code(t: Transaction, key: DeskKey, code: str) -> None:
    """Others have seen it: it binds nobody any more."""
    t.session.exec(delete(DeskCode).where(col(DeskCode.code) == key.token_hash(code)))


def find(t: Transaction, key: DeskKey, person: int) -> Binding | None:
    """Whose Telegram it is, whatever became of the account since."""
    row = t.session.exec(select(DeskBinding).where(DeskBinding.person == _who(key, person))).first()
    return None if row is None else _read(key, row)


def of_account(t: Transaction, key: DeskKey, account: str) -> Binding | None:
    """The Telegram bound to an account."""
    row = t.session.get(DeskBinding, account.lower())
    return None if row is None else _read(key, row)


def every(t: Transaction, key: DeskKey) -> tuple[Binding, ...]:
    """All that are proved to be the desk's, by account."""
    rows = t.session.exec(select(DeskBinding).order_by(col(DeskBinding.account))).all()
    return tuple(binding for row in rows if (binding := _read(key, row)) is not None)


def bound_since(t: Transaction) -> dict[str, datetime]:
    """Since when which accounts are bound; for that no key is needed."""
    return {row.account: row.bound_at for row in t.session.exec(select(DeskBinding))}


def unbind(t: Transaction, account: str, *, now: datetime) -> bool:
    """Whether there was a binding; what waits for that chat is said no more, and no code binds any longer."""
    t.session.exec(delete(DeskCode).where(col(DeskCode.account) == account.lower()))
    row = t.session.get(DeskBinding, account.lower())
    if row is None:
        return False
    outbox.drop(t, row.person, now=now)
    t.session.exec(delete(DeskDraft).where(col(DeskDraft.person) == row.person))
    t.session.delete(row)
    return True


def speak(t: Transaction, account: str, language: str) -> None:
    """In which language the account is spoken to. Raises NotFound."""
    row = t.session.get(DeskBinding, account)
    if row is None:
        raise NotFound("binding", account)
    row.language = language


def set_lost(t: Transaction, key: DeskKey, person: int, lost_at: datetime | None) -> None:
    """That they cannot be written to any more; None, that they can."""
    row = DeskBinding
    t.session.exec(update(row).where(col(row.person) == _who(key, person)).values(lost_at=lost_at))


def name_bot(t: Transaction, key: DeskKey, username: str) -> None:
    """Keep what the desk's bot is called, for the console to say: hidden, for nobody else may send staff elsewhere."""
    t.session.merge(Meta(name=_BOT, value=key.encrypt(_BOT, username.encode()).hex()))


def bot(t: Transaction, key: DeskKey) -> str | None:
    """What the desk's bot is called; None if none has run here."""
    row = t.session.get(Meta, _BOT)
    try:
        return None if row is None else key.decrypt(_BOT, bytes.fromhex(row.value)).decode()
    except (Undecipherable, ValueError):
        return None


def _read(key: DeskKey, row: DeskBinding) -> Binding | None:
    """None for a row that somebody else wrote, or took from another account."""
    try:
        person = int(key.decrypt(_context(row.account), row.address))
    except Undecipherable:
        return None
    if row.person != _who(key, person):
        return None
    return Binding(row.account, person, row.language, row.bound_at, row.lost_at)


def _who(key: DeskKey, person: int) -> bytes:
    return key.pseudonym("chat", str(person))


def _context(account: str) -> str:
    return f"desk binding:{account}"
