"""Somebody of the staff at a terminal: signed in with passphrase and code for one act, and out again."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.app.faults import Fault
from bot.app.parts import Staff, open_staff
from bot.services.browsers import Browsers
from bot.services.passes import Passphrases
from bot.services.passkeys import Passkeys
from bot.services.permissions import Actor, NotAllowed
from bot.services.signin import SignIns
from bot.services.signin_errors import SignInError
from bot.services.whence import Whence
from bot.settings import Settings


@asynccontextmanager
async def acting(settings: Settings, name: str, passphrase: str, code: str) -> AsyncIterator[tuple[Staff, Actor]]:
    """Raises Fault for who is not recognised, and for what their role does not allow."""
    with open_staff(settings) as parts:
        # No passkeys at a terminal: there is no browser to ask.
        passkeys = Passkeys(parts.database, parts.key, None, clock=parts.clock, random=parts.random)
        browsers = Browsers(parts.database, parts.key, passkeys, clock=parts.clock, random=parts.random)
        sign_ins = SignIns(
            parts.database,
            parts.key,
            browsers,
            passkeys,
            clock=parts.clock,
            random=parts.random,
            passphrases=Passphrases(),
        )
        here = Whence("this machine")
        try:
            session = await sign_ins.sign_in(name, passphrase, code, whence=here)
            try:
                yield parts, (await browsers.present(session, here)).actor
            finally:
                await browsers.sign_out(session)
        except (SignInError, NotAllowed) as fault:
            raise Fault(str(fault)) from fault
