"""The staff console as an application, assembled from what is given; it starts and ends nothing itself."""

from collections.abc import Callable
from datetime import datetime, timedelta
from importlib.resources import files

from fastapi import FastAPI

from bot.locales import Catalogues
from bot.services.desk_seats import Seats
from bot.services.exhibiting import Exhibiting
from bot.services.passes import Passphrases
from bot.services.readiness import can_save
from bot.services.searching import Searching
from bot.services.signin import SignIns
from bot.services.staffing import Staffing
from bot.services.triage import Triage
from bot.staff.account_pages import AccountPages
from bot.staff.door import Door
from bot.staff.exhibit_pages import ExhibitPages
from bot.staff.queue_pages import QueuePages
from bot.staff.room import Room
from bot.staff.search_pages import SearchPages
from bot.staff.signin_pages import SignInPages
from bot.staff.staff_pages import StaffPages
from bot.staff.tip_pages import TipPages
from bot.web.assets import Assets
from bot.web.pages import Pages
from bot.web.site import Site, create_site
from knowledge.catalogue import Catalogue
from knowledge.observables import Extractor
from storage import keyring, signins
from storage.chance import RandomBytes
from storage.database import Database
from storage.desk_key import DeskKey
from storage.sealing import MODERATE, KeyCost, StaffSecretKey


def create_console(
    *,
    database: Database,
    key: StaffSecretKey,
    catalogue: Callable[[], Catalogue],
    site: Site,
    clock: Callable[[], datetime],
    random: RandomBytes,
    cost: KeyCost = MODERATE,
    idle: timedelta = signins.IDLE_LASTS,
    sign_in_lasts: timedelta = signins.SIGN_IN_LASTS,
) -> FastAPI:
    """The console over an open `database`, which stays the caller's to close.

    `site.hosts` are the names it answers to; `catalogue` gives the patterns known now.
    """
    assets = Assets(files("bot.web") / "static")
    pages = Pages(assets, packages={"web": "bot.web", "staff": "bot.staff"}, domains=("console", "web"))
    sign_ins = SignIns(
        database, key, clock=clock, random=random, passphrases=Passphrases(cost), idle=idle, lasts=sign_in_lasts
    )
    triage = Triage(database, key, clock=clock, random=random)
    staffing = Staffing(database, key, clock=clock, random=random)
    seats = Seats(database, DeskKey.of(key), clock=clock, random=random)
    room = Room(catalogue, clock, Catalogues.load())
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
            *SearchPages(Searching(database, key, Extractor.shipped, clock=clock, random=random), room).routes(door),
            *TipPages(triage, room).routes(door),
            *ExhibitPages(Exhibiting(database, key, clock=clock, random=random), room).routes(door),
            *StaffPages(staffing, seats, room).routes(door),
            *AccountPages(seats).routes(door),
        ],
        check=check,
        ready=ready,
    )
