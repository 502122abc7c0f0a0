"""What editors do with the knowledge: publish a pattern, withdraw it, have an older release serve again."""

from collections.abc import Callable, Mapping
from datetime import datetime

from bot.services.permissions import Act, Actor, require
from knowledge.catalogue import Catalogue, over
from knowledge.errors import CatalogueError, Fault
from storage import audit, patterns, releases
from storage.chance import RandomBytes
from storage.database import Database, Transaction
from storage.sealing import StaffSecretKey

LONGEST_PATTERN = 200_000
"""Characters: several times the longest that ships."""


class NotOfThisVersion(Exception):  # noqa: N818 - a word of the house, said in sentences
    """The release was learned over another version's knowledge, whose texts are read otherwise."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(f"Release {number} was learned by another version of this program: it cannot serve here.")


class Publishing:
    """The use cases; each leaves its audit entry. What is published is learned later."""

    def __init__(
        self,
        database: Database,
        key: StaffSecretKey,
        *,
        shipped: Catalogue,
        ground: str,
        clock: Callable[[], datetime],
        random: RandomBytes,
    ) -> None:
        """`shipped` are the patterns below, `ground` the fingerprint of the shipped knowledge."""
        self._database = database
        self._key = key
        self._shipped = shipped
        self._ground = ground
        self._clock = clock
        self._random = random

    def check(self, t: Transaction, pattern: str, toml: str) -> int:
        """The version that this pattern, written as a file of that name is, would be. Raises CatalogueError, every
        fault."""
        if len(toml) > LONGEST_PATTERN:
            remedy = f"has {len(toml)} characters; shorten it to {LONGEST_PATTERN}"
            raise CatalogueError([Fault(f"{pattern}.toml", "", remedy)])
        version = over(self._shipped, {**self._published(t), pattern: toml})[pattern].version
        before = max(patterns.last_version(t, pattern), self._shipped_version(pattern))
        if version <= before:
            remedy = f"is {version}, and version {before} was there before; count it up and say why in history"
            raise CatalogueError([Fault(f"{pattern}.toml", "version", remedy)])
        return version

    def publish(self, t: Transaction, pattern: str, toml: str, *, by: str, approved_by: str) -> int:
        """Publish what `by` wrote, in the unit in which somebody else approves it; its version. CatalogueError."""
        version = self.check(t, pattern, toml)
        patterns.publish(t, self._key, pattern, version, toml, by=by, now=self._clock())
        details = {"version": str(version), "toml": toml, "by": by}
        entry = audit.Entry(self._clock(), approved_by, Act.PUBLISH_PATTERN, f"pattern:{pattern}", details)
        audit.record(t, entry, random=self._random)
        return version

    async def withdraw(self, actor: Actor, pattern: str) -> bool:
        """Take it away; whether a shipped one holds in its place.

        Raises NotFound, and CatalogueError where another pattern's question needs it.
        """
        require(actor, Act.WITHDRAW_PATTERN)

        def unit(t: Transaction) -> None:
            left = {name: toml for name, toml in self._published(t).items() if name != pattern}
            over(self._shipped, left)
            patterns.withdraw(t, self._key, pattern)
            self._record(t, actor, Act.WITHDRAW_PATTERN, f"pattern:{pattern}")

        await self._database.write(unit)
        return pattern in self._shipped

    async def serve(self, actor: Actor, number: int) -> int:
        """Have that release serve again, under a new number; one that was held serves by this too.

        Raises NotFound, NotOfThisVersion, ReleaseUnproved.
        """
        require(actor, Act.SERVE_RELEASE)

        def unit(t: Transaction) -> int:
            found = releases.get(t, number)
            if found.ground != self._ground:
                raise NotOfThisVersion(number)
            again = releases.publish_again(t, self._key, number, now=self._clock())
            releases.forget_contents(t, keep=(number,))
            self._record(t, actor, Act.SERVE_RELEASE, f"release:{number}", again=str(again))
            return again

        return await self._database.write(unit)

    def _published(self, t: Transaction) -> Mapping[str, str]:
        return {pattern: row.toml for pattern, row in patterns.published(t, self._key).items()}

    def _shipped_version(self, pattern: str) -> int:
        return self._shipped[pattern].version if pattern in self._shipped else 0

    def _record(self, t: Transaction, actor: Actor, act: Act, subject: str, **details: str) -> None:
        audit.record(t, audit.Entry(self._clock(), actor.name, act, subject, details), random=self._random)
