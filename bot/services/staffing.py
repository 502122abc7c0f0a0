"""Who is on the staff: inviting, resetting and disabling accounts, and the link for the first supervisor."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from bot.services.permissions import Act, Actor, require
from bot.services.signin import ENROL
from bot.services.signin_errors import NameTaken, NameUnusable
from storage import accounts, audit, desk_bindings, passkeys, recovery, signins
from storage.accounts import Account, Role
from storage.chance import RandomBytes
from storage.database import Database, Transaction
from storage.errors import AlreadyExists
from storage.sealing import StaffSecretKey

_T = TypeVar("_T")

FIRST_SUPERVISOR = "supervisor"
COMMAND = "command"
"""Who acts when somebody at the machine itself does: they have opened the staff's key, so no role is asked of them."""


class Staffing:
    """The use cases of whoever keeps the accounts. A link is a path such as `/join/…`, to be put behind the host."""

    def __init__(
        self, database: Database, key: StaffSecretKey, *, clock: Callable[[], datetime], random: RandomBytes
    ) -> None:
        """Work on `database`; links are made under the staff's `key`."""
        self._database = database
        self._key = key
        self._clock = clock
        self._random = random

    async def list(self, actor: Actor) -> tuple[Account, ...]:
        """Every account, by name."""
        require(actor, Act.SEE_STAFF)
        return await self._database.read(accounts.list_all)

    async def invite(self, actor: Actor, name: str, role: Role) -> str:
        """A new account and the path of its one-time link. Raises NameTaken, NameUnusable."""
        require(actor, Act.INVITE)
        return await self._write(
            lambda t: invite(t, self._key, actor.name, name, role, now=self._clock(), random=self._random)
        )

    async def reset(self, actor: Actor, name: str) -> str:
        """Forget an account's passphrase and authenticator, sign it out, and the path of a new link. NotFound."""
        require(actor, Act.RESET)
        return await self._write(
            lambda t: reset(t, self._key, actor.name, name, now=self._clock(), random=self._random)
        )

    async def disable(self, actor: Actor, name: str) -> None:
        """Close an account and sign it out everywhere. Raises NotFound."""
        require(actor, Act.DISABLE)

        def unit(t: Transaction) -> None:
            now = self._clock()
            accounts.disable(t, name, now=now)
            signins.revoke_all(t, name.lower(), now=now)
            desk_bindings.unbind(t, name, now=now)
            _record(t, actor.name, Act.DISABLE, name, now=now, random=self._random)

        await self._write(unit)

    async def set_role(self, actor: Actor, name: str, role: Role) -> None:
        """Give an account another role and sign it out everywhere; the same again changes nothing. NotFound."""
        require(actor, Act.SET_ROLE)

        def unit(t: Transaction) -> None:
            now, account = self._clock(), accounts.get(t, name)
            if account.role is role:
                return
            accounts.set_role(t, account.name, role)
            signins.revoke_all(t, account.name, now=now)
            entry = audit.Entry(now, actor.name, Act.SET_ROLE, f"account:{account.name}", {"role": role})
            audit.record(t, entry, random=self._random)

        await self._write(unit)

    async def _write(self, unit: Callable[[Transaction], _T]) -> _T:
        return await self._database.write(unit)


def invite(
    t: Transaction, key: StaffSecretKey, by: str, name: str, role: Role, *, now: datetime, random: RandomBytes
) -> str:
    """A new account and the path of its link, in the caller's unit. Raises NameTaken, NameUnusable."""
    try:
        account = accounts.create(t, name, role, now=now)
    except AlreadyExists as fault:
        raise NameTaken(name) from fault
    except ValueError as fault:
        raise NameUnusable from fault
    _record(t, by, Act.INVITE, account.name, now=now, random=random)
    return _link(t, key, account.name, now=now, random=random)


def reset(t: Transaction, key: StaffSecretKey, by: str, name: str, *, now: datetime, random: RandomBytes) -> str:
    """Forget an account's credentials and the path of a new link, in the caller's unit. Raises NotFound."""
    account = accounts.get(t, name)
    accounts.forget_credentials(t, account.name)
    passkeys.forget_all(t, account.name)
    recovery.forget_all(t, account.name)
    accounts.enable(t, account.name)
    signins.revoke_all(t, account.name, now=now)
    # Whoever had the passphrase may have had the phone.
    desk_bindings.unbind(t, account.name, now=now)
    _record(t, by, Act.RESET, account.name, now=now, random=random)
    return _link(t, key, account.name, now=now, random=random)


def has_supervisor(t: Transaction) -> bool:
    """Whether one has enrolled, so that no first link is needed."""
    return any(account.is_ready and account.role is Role.SUPERVISOR for account in accounts.list_all(t))


async def first_supervisor_link(
    database: Database, key: StaffSecretKey, base_url: str, clock: Callable[[], datetime], random: RandomBytes
) -> str | None:
    """A one-time link for the first supervisor, made anew at each start; None once a supervisor has enrolled, or where
    the first one was disabled: whom to let in then is for a person to say."""

    def unit(t: Transaction) -> str | None:
        if has_supervisor(t):
            return None
        known = accounts.list_all(t)
        waiting = [a.name for a in known if a.role is Role.SUPERVISOR and a.disabled_at is None]
        if waiting:
            return _link(t, key, waiting[0], now=clock(), random=random)
        if any(account.name == FIRST_SUPERVISOR for account in known):
            return None
        return invite(t, key, COMMAND, FIRST_SUPERVISOR, Role.SUPERVISOR, now=clock(), random=random)

    path = await database.write(unit)
    return None if path is None else base_url.rstrip("/") + path


def _link(t: Transaction, key: StaffSecretKey, name: str, *, now: datetime, random: RandomBytes) -> str:
    return f"/join/{signins.invite(t, key, name, ENROL, random=random, now=now)}"


def _record(t: Transaction, by: str, act: Act, name: str, *, now: datetime, random: RandomBytes) -> None:
    audit.record(t, audit.Entry(now, by, act, f"account:{name.lower()}"), random=random)
