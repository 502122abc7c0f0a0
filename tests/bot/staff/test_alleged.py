"""A named person is alleged, from one source until others tell of them too; and nobody but staff learns of it."""

from bot.services.tipbox import BoxedObservable, TipBox
from storage import links, tips
from storage.database import Transaction
from storage.links import ObservableHash
from tests.bot.staff.house import House

HANDLE = BoxedObservable("handle", "wechat:zhang_wm_88", "zhang_wm_88", 7, 18, checked=True)
NAMED = TipBox(telling=("wechat zhang_wm_88 asked for money",), language="en", kind="check", observables=(HANDLE,))


def told(house: House, conversation: bytes) -> str:
    """A tip that names the person, linked as staff-jobs does."""
    tip = house.file(NAMED)
    hash_ = ObservableHash("handle", house.key.link_hash("handle", HANDLE.value))

    def unit(t: Transaction) -> None:
        tips.load(t, tip).conversation = conversation
        links.replace(t, tip, [hash_], now=house.clock())

    house.database.write_now(unit)
    return tip


async def test_one_source_stays_one_however_often_it_tells_and_two_are_counted(house: House) -> None:
    browser = await house.signed_in("chen")
    tip = told(house, b"a" * 32)
    told(house, b"a" * 32)
    assert "alleged, single source" in (await browser.get(f"/tips/{tip}")).text
    told(house, b"b" * 32)
    page = (await browser.get(f"/tips/{tip}")).text
    assert "alleged, 2 tips" in page
    assert "single source" not in page
    await browser.aclose()


async def test_before_it_is_linked_and_in_an_answer_it_is_one_source(house: House) -> None:
    answers = {"payee": "Zhang Weimin, some bank", "amount": "500"}
    tip = house.file(TipBox(telling=("I paid",), language="en", kind="cheated", answers=answers))
    other = house.file(NAMED)
    nothing = house.file(TipBox(telling=("I paid",), language="en", kind="cheated", answers={"payee": "not-known"}))
    browser = await house.signed_in("chen")
    assert (await browser.get(f"/tips/{tip}")).text.count("alleged, single source") == 1
    assert (await browser.get(f"/tips/{other}")).text.count("alleged, single source") == 1
    assert "alleged" not in (await browser.get(f"/tips/{nothing}")).text
    await browser.aclose()


async def test_a_number_or_an_account_is_no_person(house: House) -> None:
    phone = BoxedObservable("phone", "+15550100", "555 0100", 0, 8, checked=True)
    tip = house.file(TipBox(telling=("555 0100 called",), language="en", kind="check", observables=(phone,)))
    browser = await house.signed_in("chen")
    assert "alleged" not in (await browser.get(f"/tips/{tip}")).text
    await browser.aclose()
