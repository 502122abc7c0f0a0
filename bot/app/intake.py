"""The conversation over the database, with what the public side may hold and nothing more."""

import hashlib
from importlib.metadata import version

from bot.app.parts import Public
from bot.services.books import shipped_book
from bot.services.effects import Effects, Limits
from bot.services.intake import Intake
from bot.settings import Settings
from knowledge.catalogue import Catalogue
from knowledge.shipped import shipped_release


def create_intake(parts: Public, settings: Settings) -> Intake:
    """The way in, for any channel. Reads all the knowledge: some seconds, once a process. Raises KnowledgeError."""
    knowledge = shipped_release()
    catalogue = knowledge.catalogue
    book = shipped_book(catalogue)
    effects = Effects(
        database=parts.database,
        citizens=parts.citizens,
        staff=parts.staff,
        book=book,
        matcher=knowledge.matcher,
        random=parts.random,
        versions=_versions(catalogue),
        limits=Limits(receipts=settings.receipts_an_hour, reports=settings.reports_an_hour),
    )
    return Intake(
        database=parts.database,
        citizens=parts.citizens,
        book=book,
        effects=effects,
        clock=parts.clock,
        messages_a_minute=settings.messages_a_minute,
    )


def _versions(catalogue: Catalogue) -> dict[str, str]:
    """What a tip was read with: the release, and a digest of which patterns in which versions."""
    patterns = ",".join(f"{pattern.id}:{pattern.version}" for pattern in catalogue)
    return {"release": version("fanzha"), "patterns": hashlib.sha256(patterns.encode()).hexdigest()[:12]}
