"""The staff console as an application, assembled from what is given; it starts and ends nothing itself."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo
from importlib.resources import files

from fastapi import FastAPI

from bot.locales import Catalogues
from bot.services.approvals import Approvals, Deed
from bot.services.auditing import Auditing
from bot.services.benign_list import BenignList
from bot.services.browsers import Browsers
from bot.services.bulk import Bulk
from bot.services.calls import Calls
from bot.services.ceremony import RelyingParty
from bot.services.deeds import EraseTip, PublishPattern
from bot.services.desk_seats import Seats
from bot.services.exhibiting import Exhibiting
from bot.services.exporting import Exporting
from bot.services.figures import FigureBooks
from bot.services.filters import Filters
from bot.services.knowing import Known
from bot.services.limiting import Limiting
from bot.services.passes import Passphrases
from bot.services.passkeys import Passkeys
from bot.services.permissions import Act
from bot.services.placing import Placing
from bot.services.publishing import Publishing
from bot.services.pulse import Pulse
from bot.services.readiness import can_save
from bot.services.recovering import Recovery
from bot.services.searching import Searching
from bot.services.signin import SignIns
from bot.services.staffing import Staffing
from bot.services.taking import Taking
from bot.services.triage import Triage
from bot.settings import Binding
from bot.staff.account_pages import AccountPages
from bot.staff.approval_pages import ApprovalPages
from bot.staff.audit_pages import AuditPages
from bot.staff.benign_pages import BenignPages
from bot.staff.bulk_pages import BulkPages
from bot.staff.call_pages import CallPages
from bot.staff.dashboard_pages import DashboardPages
from bot.staff.door import Door
from bot.staff.exhibit_pages import ExhibitPages
from bot.staff.filter_pages import FilterPages
from bot.staff.limit_pages import LimitPages
from bot.staff.live_pages import LASTS, LivePages
from bot.staff.merge_pages import MergePages
from bot.staff.next_pages import NextPages
from bot.staff.phrase_pages import PhrasePages
from bot.staff.queue_pages import QueuePages
from bot.staff.room import Room
from bot.staff.search_pages import SearchPages
from bot.staff.settings_pages import Line, SettingsPages
from bot.staff.signin_pages import SignInPages
from bot.staff.staff_pages import StaffPages
from bot.staff.tip_pages import TipPages
from bot.web.assets import Assets
from bot.web.pages import Pages
from bot.web.site import Site, create_site
from knowledge.catalogue import Catalogue
from knowledge.observables import Extractor, Observable
from storage import keyring, signins
from storage.chance import RandomBytes
from storage.database import Database
from storage.desk_key import DeskKey
from storage.sealing import INTERACTIVE, MODERATE, KeyCost, StaffSecretKey


def create_console(
    *,
    database: Database,
    key: StaffSecretKey,
    known: Callable[[], Known],
    shipped: Catalogue,
    ground: str,
    site: Site,
    clock: Callable[[], datetime],
    random: RandomBytes,
    cost: KeyCost = MODERATE,
    receipt_cost: KeyCost = INTERACTIVE,
    idle: timedelta = signins.IDLE_LASTS,
    sign_in_lasts: timedelta = signins.SIGN_IN_LASTS,
    binding: Binding = Binding.NETWORK,
    relying_party: RelyingParty | None = None,
    settings: Sequence[Line] = (),
    zone: tzinfo = UTC,
    live_lasts: timedelta = LASTS,
) -> FastAPI:
    """The console over an open `database`, which stays the caller's to close.

    `site.hosts` are the names it answers to; `known` gives what is known now: names of patterns, and what reads a call
    as a conversation is read. `shipped` are the patterns below what is published, `ground` their fingerprint.
    `relying_party` is whom passkeys are for, None where browsers allow none; sessions are bound by `binding`;
    `settings` are shown to whoever keeps the accounts; times are said in `zone`. A stream of news
    ends after `live_lasts`.
    """
    assets = Assets(files("bot.web") / "static", files("bot.staff") / "static")
    pages = Pages(assets, packages={"web": "bot.web", "staff": "bot.staff"}, domains=("console", "web"), zone=zone)
    passkeys = Passkeys(database, key, relying_party, clock=clock, random=random)
    browsers = Browsers(
        database, key, passkeys, clock=clock, random=random, idle=idle, lasts=sign_in_lasts, binding=binding
    )
    sign_ins = SignIns(database, key, browsers, passkeys, clock=clock, random=random, passphrases=Passphrases(cost))
    triage = Triage(database, key, clock=clock, random=random)
    staffing = Staffing(database, key, clock=clock, random=random)
    seats = Seats(database, DeskKey.of(key), clock=clock, random=random)
    filters = Filters(database, clock=clock, random=random)
    room = Room(lambda: known().book.catalogue, clock, Catalogues.load())
    tip_pages = TipPages(triage, room)
    calls = Calls(database, key, known=known, clock=clock, random=random, cost=receipt_cost)
    limiting = Limiting(database, key, clock=clock, random=random, zone=zone)

    def extract(text: str, country: str | None, written_at: datetime) -> Iterable[Observable]:
        return known().book.extractor.extract(text, country=country, now=written_at)

    benign = BenignList(database, key, extract=extract, clock=clock, random=random, zone=zone)
    exporting = Exporting(database, key, clock=clock, random=random, zone=zone)
    publishing = Publishing(database, key, shipped=shipped, ground=ground, clock=clock, random=random)
    deeds: dict[Act, Deed] = {
        Act.PUBLISH_PATTERN: PublishPattern(publishing),
        Act.ERASE: EraseTip(clock=clock, random=random),
        Act.EXPORT: exporting,
    }
    approvals = Approvals(database, key, deeds, clock=clock, random=random)
    door = Door(browsers, passkeys, pages)

    async def check() -> bool:
        await database.read(keyring.bound)
        return True

    async def ready() -> bool:
        return await can_save(database, clock)

    return create_site(
        "console",
        replace(site, policy=(*site.policy, "connect-src 'self'")),
        pages=pages,
        assets=assets,
        routes=[
            *SignInPages(sign_ins, browsers, passkeys, door, pages).routes(),
            *QueuePages(triage, filters, room).routes(door),
            *LivePages(Pulse(database), lasts=live_lasts).routes(door),
            *BulkPages(Bulk(triage)).routes(door),
            *FilterPages(filters).routes(door),
            *NextPages(Taking(database, clock=clock, random=random), room).routes(door),
            *SearchPages(
                Searching(database, key, Extractor.shipped, clock=clock, random=random, zone=zone), room
            ).routes(door),
            *tip_pages.routes(door),
            *MergePages(triage, tip_pages).routes(door),
            *PhrasePages(triage, tip_pages).routes(door),
            *BenignPages(benign, tip_pages, room).routes(door),
            *LimitPages(limiting, tip_pages, room).routes(door),
            *CallPages(calls, room).routes(door),
            *ExhibitPages(Exhibiting(database, key, clock=clock, random=random), room).routes(door),
            *StaffPages(staffing, seats, room).routes(door),
            *ApprovalPages(approvals, exporting).routes(door),
            *AuditPages(Auditing(database, clock=clock, random=random), zone).routes(door),
            *SettingsPages(settings, Placing(database, DeskKey.of(key), clock=clock, random=random)).routes(door),
            *AccountPages(seats, browsers, passkeys, Recovery(database, key, clock=clock, random=random)).routes(door),
            *DashboardPages(FigureBooks(database, clock=clock, zone=zone), room, zone).routes(door),
        ],
        check=check,
        ready=ready,
    )
