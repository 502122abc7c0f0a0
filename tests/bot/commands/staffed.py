"""Staff who can sign in at a terminal."""

from datetime import UTC, datetime, timedelta

import pyotp

from bot.app.parts import Staff
from bot.services import staffing
from bot.services.browsers import Browsers
from bot.services.passes import Passphrases
from bot.services.passkeys import Passkeys
from bot.services.signin import SignIns
from bot.services.whence import Whence
from storage.accounts import Role
from storage.sealing import CHEAPEST

PASSPHRASE = "four words and a half"


async def enrol(parts: Staff, name: str, role: Role = Role.REVIEWER) -> str:
    """As the console does; the authenticator's secret."""

    def then() -> datetime:
        # A minute ago, so that the code of now has not been used.
        return parts.clock() - timedelta(minutes=1)

    passkeys = Passkeys(parts.database, parts.key, None, clock=then, random=parts.random)
    sign_ins = SignIns(
        parts.database,
        parts.key,
        Browsers(parts.database, parts.key, passkeys, clock=then, random=parts.random),
        passkeys,
        clock=then,
        random=parts.random,
        passphrases=Passphrases(CHEAPEST),
    )
    path = await parts.database.write(
        lambda t: staffing.invite(t, parts.key, staffing.COMMAND, name, role, now=then(), random=parts.random)
    )
    session = await sign_ins.use_link(path.rsplit("/", 1)[1])
    secret = (await sign_ins.enrolling(session)).secret
    await sign_ins.enrol(session, PASSPHRASE, pyotp.TOTP(secret).at(then()), whence=Whence("here"))
    return secret


def code(secret: str) -> str:
    """What the authenticator shows now."""
    return pyotp.TOTP(secret).at(datetime.now(UTC))
