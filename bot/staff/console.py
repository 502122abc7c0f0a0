"""The staff console as an application, assembled from what is given; it starts and ends nothing itself."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from importlib.resources import files

from fastapi import FastAPI

from bot.locales import Catalogues
from bot.services.benign_list import BenignList
from bot.services.calls import Calls
from bot.services.desk_seats import Seats
from bot.services.exhibiting import Exhibiting
from bot.services.knowing import Known
from bot.services.limiting import Limiting
from bot.services.passes import Passphrases
from bot.services.readiness import can_save
from bot.services.signin import SignIns
from bot.services.staffing import Staffing
from bot.services.triage import Triage
from bot.staff.account_pages import AccountPages
from bot.staff.benign_pages import BenignPages
from bot.staff.call_pages import CallPages
from bot.staff.door import Door
from bot.staff.exhibit_pages import ExhibitPages
from bot.staff.limit_pages import LimitPages
from bot.staff.merge_pages import MergePages
from bot.staff.phrase_pages import PhrasePages
from bot.staff.queue_pages import QueuePages
from bot.staff.room import Room
from bot.staff.signin_pages import SignInPages
from bot.staff.staff_pages import StaffPages
from bot.staff.tip_pages import TipPages
from bot.web.assets import Assets
from bot.web.pages import Pages
from bot.web.site import Site, create_site
from knowledge.observables import Observable
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
    site: Site,
    clock: Callable[[], datetime],
    random: RandomBytes,
    cost: KeyCost = MODERATE,
    receipt_cost: KeyCost = INTERACTIVE,
    idle: timedelta = signins.IDLE_LASTS,
    sign_in_lasts: timedelta = signins.SIGN_IN_LASTS,
) -> FastAPI:
    """The console over an open `database`, which stays the caller's to close.

    `site.hosts` are the names it answers to; `known` gives what is known now: names of patterns, and what
    reads a call as a conversation is read.
    """
    assets = Assets(files("bot.web") / "static")
    pages = Pages(assets, packages={"web": "bot.web", "staff": "bot.staff"}, domains=("console", "web"))
    sign_ins = SignIns(
        database, key, clock=clock, random=random, passphrases=Passphrases(cost), idle=idle, lasts=sign_in_lasts
    )
    triage = Triage(database, key, clock=clock, random=random)
    staffing = Staffing(database, key, clock=clock, random=random)
    seats = Seats(database, DeskKey.of(key), clock=clock, random=random)
    room = Room(lambda: known().book.catalogue, clock, Catalogues.load())
    tip_pages = TipPages(triage, room)
    calls = Calls(database, key, known=known, clock=clock, random=random, cost=receipt_cost)
    limiting = Limiting(database, key, clock=clock, random=random)

    def extract(text: str, country: str | None, written_at: datetime) -> Iterable[Observable]:
        return known().book.extractor.extract(text, country=country, now=written_at)

    benign = BenignList(database, key, extract=extract, clock=clock, random=random)
    door = Door(sign_ins, pages)

    async def check() -> bool:
        await database.read(keyring.bound)
        return True

    async def ready() -> bool:
        return await can_save(database, clock)

    return create_site(
        "console",
        site,
        pages=pages,
        assets=assets,
        routes=[
            *SignInPages(sign_ins, pages).routes(),
            *QueuePages(triage, room).routes(door),
            *tip_pages.routes(door),
            *MergePages(triage, tip_pages).routes(door),
            *PhrasePages(triage, tip_pages).routes(door),
            *BenignPages(benign, tip_pages, room).routes(door),
            *LimitPages(limiting, tip_pages, room).routes(door),
            *CallPages(calls, room).routes(door),
            *ExhibitPages(Exhibiting(database, key, clock=clock, random=random), room).routes(door),
            *StaffPages(staffing, seats, room).routes(door),
            *AccountPages(seats).routes(door),
        ],
        check=check,
        ready=ready,
    )
