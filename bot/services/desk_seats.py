"""Who of the staff is at the desk: bound by a code from the console, and only while their account may be there."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.services.permissions import Act, Actor, require
from storage import accounts, audit, desk_bindings, limits
from storage.chance import RandomBytes
from storage.database import Database, Transaction
from storage.desk_key import DeskKey
from storage.errors import Expired, NotFound

TRIES = 5
TRIES_WINDOW = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Seat:
    """A member of staff in Telegram, who may act."""

    person: int
    actor: Actor
    language: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How an account stands with the desk: since when it is bound, and what the bot is called if it ever ran."""

    bound_at: datetime | None
    bot: str | None


def seat_of(t: Transaction, key: DeskKey, person: int) -> Seat | None:
    """None for a stranger, and for somebody whose account or role is no longer what it was."""
    binding = desk_bindings.find(t, key, person)
    return None if binding is None else _seat(t, binding)


def seats(t: Transaction, key: DeskKey) -> tuple[Seat, ...]:
    """Everybody at the desk who can be written to."""
    found = (_seat(t, binding) for binding in desk_bindings.every(t, key) if binding.lost_at is None)
    return tuple(seat for seat in found if seat is not None)


def take_seat(
    t: Transaction, key: DeskKey, code: str, *, person: int, language: str, now: datetime, random: RandomBytes
) -> Seat | None:
    """By a code from the console; None for a code that is wrong or over, and after too many tries."""
    tries = limits.hit(t, "desk-code", key.pseudonym("tries", str(person)), window=TRIES_WINDOW, now=now)
    if tries > TRIES:
        return None
    try:
        account = desk_bindings.use_code(t, key, code, person=person, language=language, now=now)
    except Expired:
        return None
    seat = seat_of(t, key, person)
    if seat is None:
        # The account was closed since the code was made.
        desk_bindings.unbind(t, account.name, now=now)
        return None
    _record(t, account.name, Act.BIND_DESK, account.name, now=now, random=random)
    return seat


def leave_seat(t: Transaction, by: str, name: str, *, now: datetime, random: RandomBytes) -> bool:
    """Whether there was a binding; what was on its way to it is said no more."""
    if not desk_bindings.unbind(t, name, now=now):
        return False
    _record(t, by, Act.UNBIND_DESK, name, now=now, random=random)
    return True


class Seats:
    """The console's side: one's own binding, and a supervisor's look at all."""

    def __init__(self, database: Database, key: DeskKey, *, clock: Callable[[], datetime], random: RandomBytes) -> None:
        """Work on `database`; codes are made under the desk's `key`."""
        self._database = database
        self._key = key
        self._clock = clock
        self._random = random

    async def standing(self, actor: Actor) -> Standing:
        """One's own."""
        require(actor, Act.USE_DESK)

        def query(t: Transaction) -> Standing:
            binding = desk_bindings.of_account(t, self._key, actor.name)
            return Standing(None if binding is None else binding.bound_at, desk_bindings.bot(t, self._key))

        return await self._database.read(query)

    async def make_code(self, actor: Actor) -> str:
        """A one-time code, shown once; those before it are over."""
        require(actor, Act.USE_DESK)
        return await self._database.write(
            lambda t: desk_bindings.make_code(t, self._key, actor.name, random=self._random, now=self._clock())
        )

    async def leave(self, actor: Actor) -> None:
        """Unbind one's own Telegram; again is harmless."""
        require(actor, Act.USE_DESK)
        await self._database.write(
            lambda t: leave_seat(t, actor.name, actor.name, now=self._clock(), random=self._random)
        )

    async def unseat(self, actor: Actor, name: str) -> None:
        """Unbind another's; again is harmless."""
        require(actor, Act.UNBIND_DESK)
        await self._database.write(
            lambda t: leave_seat(t, actor.name, name.lower(), now=self._clock(), random=self._random)
        )

    async def bound_since(self, actor: Actor) -> dict[str, datetime]:
        """Who is bound, and since when."""
        require(actor, Act.SEE_STAFF)
        return await self._database.read(desk_bindings.bound_since)


def _seat(t: Transaction, binding: desk_bindings.Binding) -> Seat | None:
    try:
        account = accounts.get(t, binding.account)
    except NotFound:
        return None
    actor = Actor(account.name, account.role)
    if not account.is_ready or not actor.may(Act.USE_DESK):
        return None
    return Seat(binding.person, actor, binding.language)


def _record(t: Transaction, by: str, act: Act, name: str, *, now: datetime, random: RandomBytes) -> None:
    audit.record(t, audit.Entry(now, by, act, f"account:{name.lower()}"), random=random)
