"""Link a tip to others: write the staff-only hashes of what was seen in it, after filing and after each addition."""

import asyncio
from collections.abc import Callable, Iterable
from datetime import datetime

from bot.services.tipbox import TipBox
from knowledge.observables import Observable, ObservableType
from knowledge.observables import extract as extract_observables
from storage import links, messages, tips
from storage.database import Database, Transaction
from storage.links import ObservableHash
from storage.messages import MessageKind
from storage.sealing import StaffSecretKey

Extract = Callable[[str, str | None, datetime], Iterable[Observable]]
"""Takes a text, a country and the time it was written; gives its observables."""

LINKING = frozenset(
    {
        ObservableType.PHONE,
        ObservableType.LINK,
        ObservableType.DOMAIN,
        ObservableType.EMAIL,
        ObservableType.ACCOUNT,
        ObservableType.IBAN,
        ObservableType.WALLET,
        ObservableType.TRANSACTION,
        ObservableType.HANDLE,
    }
)
"""What points at one swindler. Amounts, times, banks and platforms are shared by strangers and link nothing."""

_FROM_REPORTER = frozenset({MessageKind.ANSWER, MessageKind.ADDITION})


async def link_tip(
    database: Database,
    key: StaffSecretKey,
    clock: Callable[[], datetime],
    tip_id: str,
    *,
    extract: Extract = lambda text, country, now: extract_observables(text, country=country, now=now),
) -> int:
    """Write all of the tip's links anew and return their number; 0 for one whose content was erased. NotFound."""

    def query(t: Transaction) -> tuple[tips.Tip, bytes | None, tuple[messages.Message, ...]]:
        return tips.get(t, tip_id), tips.content(t, tip_id), messages.of_tip(t, tip_id)

    tip, sealed, said = await database.read(query)
    if sealed is None:
        return 0
    box = TipBox.from_bytes(key.open(sealed))
    seen = {(one.type, one.value) for one in box.observables}
    for message in said:
        if message.kind in _FROM_REPORTER and message.for_staff is not None:
            text = key.open(message.for_staff).decode()
            # Reading a long text takes more than the event loop should wait for.
            found = await asyncio.to_thread(extract, text, tip.country, message.at)
            seen.update((one.type.value, one.value) for one in found)
    hashes = {ObservableHash(type_, key.link_hash(type_, value)) for type_, value in seen if type_ in LINKING}
    await database.write(lambda t: links.replace(t, tip_id, hashes, now=clock()))
    return len(hashes)
