"""Somebody of the staff at a terminal: signed in with passphrase and code for one act, and out again."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.app.faults import Fault
from bot.app.parts import Staff, open_staff
from bot.services.passes import Passphrases
from bot.services.permissions import Actor, NotAllowed
from bot.services.signin import SignIns
from bot.services.signin_errors import SignInError
from bot.settings import Settings


@asynccontextmanager
async def acting(settings: Settings, name: str, passphrase: str, code: str) -> AsyncIterator[tuple[Staff, Actor]]:
    """Raises Fault for who is not recognised, and for what their role does not allow."""
    with open_staff(settings) as parts:
        sign_ins = SignIns(parts.database, parts.key, clock=parts.clock, random=parts.random, passphrases=Passphrases())
        try:
            session = await sign_ins.sign_in(name, passphrase, code, address="this machine")
            try:
                yield parts, await sign_ins.actor(session)
            finally:
                await sign_ins.sign_out(session)
        except (SignInError, NotAllowed) as fault:
            raise Fault(str(fault)) from fault
