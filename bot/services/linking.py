"""What is done with a tip once it is filed, and after each addition: the staff-only hashes that link it to others, what
it is found by, and its boxes wrapped again, so that opening them takes a fifth of the time."""

import asyncio
from collections.abc import Callable, Iterable
from datetime import datetime

from bot.services.finding_terms import entry_of, money_of, patterns_of, terms_of
from bot.services.tipbox import TipBox
from knowledge.observables import Observable, ObservableType
from knowledge.observables import extract as extract_observables
from storage import boxes, index, links, messages, tips
from storage.database import Database, Transaction
from storage.links import ObservableHash
from storage.messages import MessageKind
from storage.sealing import StaffSecretKey
from storage.search_key import SearchKey

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
    """Write all of it anew, which is harmless, and return the number of links; 0 for a tip whose content was erased.
    Raises NotFound."""

    def query(t: Transaction) -> tuple[tips.Tip, bytes | None, tuple[messages.Message, ...]]:
        return tips.get(t, tip_id), tips.content(t, tip_id), messages.of_tip(t, tip_id)

    tip, sealed, said = await database.read(query)
    if sealed is None:
        return 0
    opened = {sealed: key.open(sealed)}
    box = TipBox.from_bytes(opened[sealed])
    seen = {(one.type, one.value): None for one in box.observables}
    money, texts = money_of(box.observables), []
    for message in said:
        if message.for_staff is None:
            continue
        opened[message.for_staff] = key.open(message.for_staff)
        if message.kind in _FROM_REPORTER:
            texts.append(opened[message.for_staff].decode())
            # Reading a long text takes more than the event loop should wait for.
            found = tuple(await asyncio.to_thread(extract, texts[-1], tip.country, message.at))
            seen.update(((one.type.value, one.value), None) for one in found)
            money += [one.money for one in found if one.money is not None]
    linking = [pair for pair in seen if pair[0] in LINKING]
    hashes = {ObservableHash(type_, key.link_hash(type_, value)) for type_, value in linking}
    terms = terms_of(box, texts, linking, money, patterns_of(tip))
    entry = await asyncio.to_thread(entry_of, SearchKey.of(key), terms, box.text)
    wrapped = boxes.wrap_again(key, opened)

    def unit(t: Transaction) -> None:
        links.replace(t, tip_id, hashes, now=clock())
        index.write(t, tip_id, entry)
        boxes.replace(t, tip_id, wrapped)

    await database.write(unit)
    return len(hashes)
