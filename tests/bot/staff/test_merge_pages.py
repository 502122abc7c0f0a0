"""Several tips merged into one from its page, and a merged tip taken out again."""

import html

from bot.services.tipbox import BoxedObservable, TipBox
from storage import claims, links, messages, verdicts
from storage.links import ObservableHash
from storage.tips import TipState, Verdict
from tests.bot.staff.house import House, send

PHONE = BoxedObservable("phone", "+15550100", "555 0100", 0, 8, checked=True)
CALL = TipBox(telling=("555 0100 called me",), language="en", kind="check", observables=(PHONE,))


def link(house: House, *references: str) -> None:
    """As staff-jobs does."""
    hash_ = ObservableHash("phone", house.key.link_hash("phone", "+15550100"))
    for tip in references:
        house.database.write_now(lambda t, tip=tip: links.replace(t, tip, [hash_], now=house.clock()))  # type: ignore[misc] # run at once


async def test_linked_tips_are_listed_and_those_ticked_and_those_written_down_become_duplicates(house: House) -> None:
    root, linked, other = (house.file(CALL) for _ in range(3))
    link(house, root, linked)
    browser = await house.signed_in("chen")
    page = (await browser.get(f"/tips/{root}")).text
    assert f'name="also-{linked}"' in page
    assert "shares 1 observable" in page
    fields = {f"also-{linked}": "on", "others": f" {other.lower()} ", "gather_reason": "One caller."}
    answer = await send(browser, f"/tips/{root}", f"/tips/{root}/gather", **fields)
    assert answer.headers["location"] == f"/tips/{root}?done=gathered"
    assert [house.tip(tip).merged_into for tip in (linked, other)] == [root, root]
    assert house.tip(root).state is TipState.NEW
    assert house.acts(root).count(("chen", "gain-tip")) == 2
    assert ("chen", "merge-tip") in house.acts(linked)
    assert "merged another tip into it" in (await browser.get(f"/tips/{root}")).text
    await browser.aclose()


async def test_all_are_merged_or_none_and_it_is_said_with_which_it_cannot_be_done(house: House) -> None:
    root, free, held = house.file(), house.file(), house.file()
    house.database.write_now(lambda t: claims.claim(t, held, by="lin", now=house.clock()))
    browser = await house.signed_in("chen")
    answer = await send(
        browser, f"/tips/{root}", f"/tips/{root}/gather", others=f"{free}\n{held}", gather_reason="My long reason."
    )
    assert answer.status_code == 409
    assert f"it cannot be done with tip {held}. lin holds this tip" in answer.text
    assert "My long reason." in answer.text
    assert f"{free}\n{held}" in answer.text
    assert [house.tip(tip).state for tip in (free, held)] == [TipState.NEW, TipState.CLAIMED]
    assert ("chen", "merge-tip") not in house.acts(free)
    await browser.aclose()


async def test_what_cannot_be_merged_says_so(house: House) -> None:
    root, decided = house.file(), house.file()
    browser = await house.signed_in("chen")
    for others, said in (
        ("", "Tick a tip, or write its reference"),
        ("AAAA-AAAA", "There is no tip with that reference"),
        (root, "A tip cannot be a duplicate of itself."),
    ):
        answer = await send(browser, f"/tips/{root}", f"/tips/{root}/gather", others=others, gather_reason="Because.")
        assert answer.status_code == 409, said
        assert said in answer.text
    await send(browser, f"/tips/{decided}", f"/tips/{decided}/claim")
    await send(browser, f"/tips/{decided}", f"/tips/{decided}/decide", verdict="unfounded", reason="Honest.")
    answer = await send(browser, f"/tips/{root}", f"/tips/{root}/gather", others=decided, gather_reason="Because.")
    assert f"chen decided tip {decided} before you (4 Mar 2026 09:00 UTC): “Unfounded" in html.unescape(answer.text)
    await browser.aclose()


async def test_a_cycle_is_refused_with_a_sentence(house: House) -> None:
    first, second = house.file(), house.file()
    browser = await house.signed_in("chen")
    await send(browser, f"/tips/{first}", f"/tips/{first}/gather", others=second, gather_reason="One caller.")
    await send(browser, f"/tips/{first}", f"/tips/{first}/claim")
    answer = await send(browser, "/", f"/tips/{first}/merge", into=second, merge_reason="The same.")
    assert answer.status_code == 409
    assert f"Tip {second} was merged into tip {first} already" in answer.text
    assert "The same." in answer.text
    assert house.tip(first).state is TipState.CLAIMED
    await browser.aclose()


async def test_a_tip_is_taken_out_with_a_reason_and_both_histories_and_pages_say_so(house: House) -> None:
    root, tip = house.file(), house.file()
    browser = await house.signed_in("chen")
    await send(browser, f"/tips/{root}", f"/tips/{root}/gather", others=tip, gather_reason="One caller.")
    refused = await send(browser, f"/tips/{tip}", f"/tips/{tip}/unmerge", unmerge_reason=" ")
    assert "Write a sentence or two." in refused.text
    assert house.tip(tip).state is TipState.MERGED
    answer = await send(browser, f"/tips/{tip}", f"/tips/{tip}/unmerge", unmerge_reason="Another voice.")
    assert answer.headers["location"] == f"/tips/{tip}?done=unmerged"
    assert (house.tip(tip).state, house.tip(tip).claimed_by) == (TipState.NEW, None)
    assert ("chen", "unmerge-tip") in house.acts(tip)
    assert ("chen", "lose-tip") in house.acts(root)
    for page in [(await browser.get(f"/tips/{one}")).text for one in (tip, root)]:
        assert "One caller." in page
        assert "Another voice." in page
    again = await send(browser, f"/tips/{tip}", f"/tips/{tip}/unmerge", unmerge_reason="Twice.")
    assert "This tip is not merged" in again.text
    await browser.aclose()


async def test_taken_out_of_a_decided_tip_it_says_how_that_was_decided(house: House) -> None:
    root, tip = house.file(), house.file()
    browser = await house.signed_in("chen")
    await send(browser, f"/tips/{root}", f"/tips/{root}/gather", others=tip, gather_reason="One caller.")

    def decide() -> None:
        now = house.clock()
        house.database.write_now(lambda t: claims.claim(t, root, by="lin", now=now))
        house.database.write_now(
            lambda t: verdicts.decide(
                t, root, by="lin", verdict=Verdict.NEW_KIND, reason=house.key.public.seal(b"r"), now=now
            )
        )

    decide()
    await send(browser, f"/tips/{tip}", f"/tips/{tip}/unmerge", unmerge_reason="Another voice.")
    page = html.unescape((await browser.get(f"/tips/{tip}?done=unmerged")).text)
    assert f"Tip {root}, which it had been merged into, was decided by lin: “A scam of a new kind”" in page
    assert house.tip(tip).is_open
    await browser.aclose()


async def test_unfounded_neighbours_are_pointed_at_and_nothing_is_closed(house: House) -> None:
    honest, tip = house.file(CALL), house.file(CALL)
    link(house, honest, tip)
    browser = await house.signed_in("chen")
    await send(browser, f"/tips/{honest}", f"/tips/{honest}/claim")
    await send(browser, f"/tips/{honest}", f"/tips/{honest}/decide", verdict="unfounded", reason="An honest shop.")
    page = (await browser.get(f"/tips/{tip}")).text
    assert "Decided as unfounded before:" in page
    assert "Nothing is closed by itself." in page
    assert house.tip(tip).state is TipState.NEW
    await browser.aclose()


async def test_the_reporter_of_a_tip_taken_out_is_told_its_present_state(house: House) -> None:
    root, tip = house.file(), house.file()
    browser = await house.signed_in("chen")
    await send(browser, f"/tips/{root}", f"/tips/{root}/gather", others=tip, gather_reason="One caller.")
    await send(browser, f"/tips/{tip}", f"/tips/{tip}/unmerge", unmerge_reason="Another voice.")
    stands = house.tip(tip)
    assert (stands.state, stands.verdict, stands.decided_at) == (TipState.NEW, None, None)
    assert house.database.read_now(lambda t: messages.of_tip(t, tip)) == ()
    await browser.aclose()
