"""An account as somebody who acts: with its role of now, and whether it stands in for an administrator."""

from bot.services.permissions import Actor
from storage import accounts
from storage.accounts import Role
from storage.database import Transaction


def actor_named(t: Transaction, name: str) -> Actor:
    """Whoever has the account, with what they may do now. Raises NotFound."""
    account = accounts.get(t, name)
    stands_in = account.role is Role.SUPERVISOR and not accounts.has_ready(t, Role.ADMINISTRATOR)
    return Actor(account.name, account.role, stands_in)
