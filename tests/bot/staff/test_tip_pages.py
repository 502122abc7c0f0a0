"""What a reviewer does with a tip, on its page."""

import html
import re
from datetime import timedelta

import pytest

from bot.services.tipbox import BoxedObservable, TipBox
from storage import claims, messages
from storage.accounts import Role
from storage.tips import TipState, Verdict
from storage.withdrawals import erase_content
from tests.bot.staff.house import House, send, told

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>%(name)s{{7*7}}\u202e"


async def test_the_queue_shows_the_most_urgent_first_and_why(house: House) -> None:
    ordinary = house.file(urgency=1)
    grave = house.file(TipBox(telling=("he is held",), language="en", kind="held"), urgency=90)
    browser = await house.signed_in("chen")
    page = (await browser.get("/")).text
    assert page.index(grave) < page.index(ordinary)
    assert "Someone is held or has disappeared" in page
    await browser.aclose()


async def test_the_queue_is_filtered_and_survives_nonsense(house: House) -> None:
    mine = house.file(urgency=99)
    for _ in range(30):
        house.file()
    browser = await house.signed_in("chen")
    house.database.write_now(lambda t: claims.claim(t, mine, by="chen", now=house.clock()))
    assert mine not in (await browser.get("/?state=new")).text
    assert (await browser.get("/?state=mine")).text.count('class="reference"') == 1
    assert "No tip here" in (await browser.get("/?kind=insider")).text
    for nonsense in (
        "after=-1",
        "after=99999999999999999999.A",
        "before=x.y",
        "state=%00",
        "kind='; DROP TABLE tip;--",
    ):
        assert (await browser.get(f"/?{nonsense}")).status_code == 200
    await browser.aclose()


async def test_a_tip_shows_its_telling_with_the_red_flags_words_marked(house: House) -> None:
    tip = house.file(told("They said close the account or else", "close the account"))
    browser = await house.signed_in("chen")
    page = (await browser.get(f"/tips/{tip}")).text
    assert '<mark>close the account<sup><a href="#flag-1">1</a></sup></mark>' in page
    await browser.aclose()


async def test_opening_a_tip_is_itself_in_the_audit_log(house: House) -> None:
    tip = house.file()
    browser = await house.signed_in("chen")
    await browser.get(f"/tips/{tip}")
    assert house.acts(tip) == [("chen", "open-tip")]
    assert house.tip(tip).first_seen_at == house.clock()
    await browser.aclose()


async def test_claim_decide_and_the_history_says_so(house: House) -> None:
    tip = house.file()
    browser = await house.signed_in("chen")
    await send(browser, f"/tips/{tip}", f"/tips/{tip}/claim")
    answer = await send(
        browser, f"/tips/{tip}", f"/tips/{tip}/decide", verdict="confirmed", reason="The link is known to us."
    )
    assert answer.headers["location"] == f"/tips/{tip}?done=decided"
    page = (await browser.get(f"/tips/{tip}?done=decided")).text
    assert "Confirmed: a known scam" in page
    assert "The link is known to us." in page
    assert (house.tip(tip).verdict, house.tip(tip).decided_by) == (Verdict.CONFIRMED, "chen")
    assert ("chen", "decide-tip") in house.acts(tip)
    await browser.aclose()


async def test_a_second_reviewer_cannot_claim_a_held_tip_and_is_told_who_holds_it(house: House) -> None:
    tip = house.file()
    chen, lin = await house.signed_in("chen"), await house.signed_in("lin")
    page_before = await lin.get(f"/tips/{tip}")
    await send(chen, f"/tips/{tip}", f"/tips/{tip}/claim")
    assert page_before.status_code == 200
    answer = await send(lin, "/", f"/tips/{tip}/claim")
    assert answer.status_code == 409
    assert "chen holds this tip. Speak with them" in answer.text
    assert house.tip(tip).claimed_by == "chen"
    await chen.aclose()
    await lin.aclose()


async def test_who_decides_second_is_told_who_decided_what_and_keeps_their_words(house: House) -> None:
    tip = house.file()
    chen, lin = await house.signed_in("chen"), await house.signed_in("lin")
    await send(chen, f"/tips/{tip}", f"/tips/{tip}/claim")
    await send(chen, f"/tips/{tip}", f"/tips/{tip}/decide", verdict="unfounded", reason="An honest shop.")
    answer = await send(lin, "/", f"/tips/{tip}/decide", verdict="confirmed", reason="Three tips name this shop.")
    assert answer.status_code == 409
    assert f"chen decided tip {tip} before you (4 Mar 2026 09:00 UTC): “Unfounded: no sign of fraud”" in answer.text
    assert "Three tips name this shop." in answer.text
    assert house.tip(tip).verdict is Verdict.UNFOUNDED
    await chen.aclose()
    await lin.aclose()


async def test_deciding_what_another_holds_changes_nothing_and_gives_the_reason_back(house: House) -> None:
    tip = house.file()
    chen, lin = await house.signed_in("chen"), await house.signed_in("lin")
    await send(chen, f"/tips/{tip}", f"/tips/{tip}/claim")
    answer = await send(lin, "/", f"/tips/{tip}/decide", verdict="confirmed", reason="My long reason.")
    assert answer.status_code == 409
    assert "My long reason." in answer.text
    assert house.tip(tip).state is TipState.CLAIMED
    await chen.aclose()
    await lin.aclose()


async def test_a_hold_that_ran_out_while_writing_loses_nothing_when_nobody_else_took_it(house: House) -> None:
    tip = house.file()
    browser = await house.signed_in("chen")
    await send(browser, f"/tips/{tip}", f"/tips/{tip}/claim")
    house.database.write_now(lambda t: claims.release(t, tip, by="chen"))
    await send(browser, "/", f"/tips/{tip}/decide", verdict="confirmed", reason="Written slowly.")
    assert house.tip(tip).decided_by == "chen"
    await browser.aclose()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"verdict": "confirmed", "reason": "  "}, "Write a sentence or two."),
        ({"verdict": "", "reason": "Because."}, "Choose a verdict."),
        ({"verdict": "duplicate", "reason": "Because."}, "Choose a verdict."),
        ({"verdict": "confirmed", "reason": "x" * 4001}, "That is 4001 characters; at most 4000 fit."),
    ],
)
async def test_a_verdict_needs_a_reason_and_what_was_typed_comes_back(
    house: House, fields: dict[str, str], said: str
) -> None:
    tip = house.file()
    browser = await house.signed_in("chen")
    await send(browser, f"/tips/{tip}", f"/tips/{tip}/claim")
    answer = await send(browser, f"/tips/{tip}", f"/tips/{tip}/decide", **fields)
    assert answer.status_code == 409
    assert said in answer.text
    assert fields["reason"].strip() in answer.text
    assert house.tip(tip).state is TipState.CLAIMED
    await browser.aclose()


async def test_what_was_typed_comes_back_when_the_session_is_over(house: House) -> None:
    tip = house.file()
    browser = await house.signed_in("chen")
    await send(browser, f"/tips/{tip}", f"/tips/{tip}/claim")
    house.clock.pass_by(timedelta(hours=1))
    fields = {"form_token": "old", "verdict": "confirmed", "reason": "An hour of thought & care."}
    answer = await browser.post(f"/tips/{tip}/decide", data=fields)
    assert answer.status_code == 403
    assert "You were signed out in the meantime" in answer.text
    assert "An hour of thought &amp; care." in answer.text
    await browser.aclose()


async def test_a_supervisor_frees_what_another_holds_and_a_reviewer_does_not(house: House) -> None:
    tip = house.file()
    chen, wei = await house.signed_in("chen"), await house.signed_in("wei")
    lin = await house.signed_in("lin", Role.SUPERVISOR)
    await send(chen, f"/tips/{tip}", f"/tips/{tip}/claim")
    assert (await send(wei, "/", f"/tips/{tip}/release")).status_code == 409
    assert house.tip(tip).claimed_by == "chen"
    await send(lin, "/", f"/tips/{tip}/release")
    assert house.tip(tip).claimed_by is None
    assert ("lin", "free-tip") in house.acts(tip)
    for browser in (chen, wei, lin):
        await browser.aclose()


async def test_a_duplicate_is_merged_by_reference_and_each_leads_to_the_other(house: House) -> None:
    first, second = house.file(), house.file()
    browser = await house.signed_in("chen")
    await send(browser, f"/tips/{second}", f"/tips/{second}/claim")
    await send(browser, "/", f"/tips/{second}/merge", into=f" {first.lower()} ", merge_reason="Same account.")
    assert house.tip(second).merged_into == first
    assert f'href="/tips/{first}"' in (await browser.get(f"/tips/{second}")).text
    assert f'href="/tips/{second}"' in (await browser.get(f"/tips/{first}")).text
    await browser.aclose()


@pytest.mark.parametrize(
    ("into", "said"),
    [("AAAA-AAAA", "There is no tip with that reference"), ("itself", "cannot be a duplicate of itself")],
)
async def test_a_wrong_reference_is_said_to_be_wrong_and_the_reason_comes_back(
    house: House, into: str, said: str
) -> None:
    tip = house.file()
    browser = await house.signed_in("chen")
    await send(browser, f"/tips/{tip}", f"/tips/{tip}/claim")
    into = tip if into == "itself" else into
    answer = await send(browser, "/", f"/tips/{tip}/merge", into=into, merge_reason="Same account.")
    assert answer.status_code == 409
    assert said in answer.text
    assert "Same account." in answer.text
    assert house.tip(tip).state is TipState.CLAIMED
    await browser.aclose()


async def test_a_question_can_be_read_with_the_receipt_and_by_staff(house: House) -> None:
    tip = house.file()
    browser = await house.signed_in("chen")
    await send(browser, f"/tips/{tip}", f"/tips/{tip}/claim")
    await send(browser, "/", f"/tips/{tip}/ask", question="Which app did they make you install?")
    (asked,) = house.database.read_now(lambda t: messages.of_tip(t, tip))
    assert asked.for_reporter is not None
    assert house.receipt.open(asked.for_reporter) == b"Which app did they make you install?"
    assert house.tip(tip).state is TipState.WAITING
    page = (await browser.get(f"/tips/{tip}")).text
    assert "Which app did they make you install?" in page
    assert "not read yet" in page
    await browser.aclose()


async def test_what_the_reporter_answered_stands_under_the_question(house: House) -> None:
    tip = house.file()
    browser = await house.signed_in("chen")
    await send(browser, f"/tips/{tip}", f"/tips/{tip}/claim")
    await send(browser, "/", f"/tips/{tip}/ask", question="Which app?")
    answer = house.key.public.seal(b"It was called Cloud Meeting")
    house.database.write_now(
        lambda t: messages.add(t, tip, for_staff=answer, now=house.clock(), answers=messages.of_tip(t, tip)[0].id)
    )
    page = (await browser.get(f"/tips/{tip}")).text
    assert page.index("Which app?") < page.index("It was called Cloud Meeting")
    assert "The reporter has written again" in page
    await browser.aclose()


async def test_a_reporter_without_a_receipt_cannot_be_asked(house: House) -> None:
    tip = house.file(has_receipt=False)
    browser = await house.signed_in("chen")
    await send(browser, f"/tips/{tip}", f"/tips/{tip}/claim")
    answer = await send(browser, "/", f"/tips/{tip}/ask", question="Which app?")
    assert answer.status_code == 409
    assert "took no receipt" in answer.text
    await browser.aclose()


async def test_hostile_text_in_every_field_is_only_text(house: House) -> None:
    box = TipBox(
        telling=(HOSTILE, HOSTILE),
        language="en",
        kind="check",
        country="GB",
        answers={HOSTILE: HOSTILE},
        observables=(BoxedObservable(HOSTILE, HOSTILE, HOSTILE, 0, 5, checked=False),),
        likeness=HOSTILE,
        matches=told(HOSTILE, "alert").matches,
        contact=HOSTILE,
    )
    tip = house.file(box)
    said = house.key.public.seal(HOSTILE.encode())
    house.database.write_now(lambda t: messages.add(t, tip, for_staff=said, now=house.clock()))
    browser = await house.signed_in("chen")
    await send(browser, f"/tips/{tip}", f"/tips/{tip}/claim")
    for path, fields in (
        ("decide", {"verdict": HOSTILE, "reason": HOSTILE}),
        ("merge", {"into": HOSTILE, "merge_reason": HOSTILE}),
        ("ask", {"question": HOSTILE + "x" * 4000}),
    ):
        page = await send(browser, f"/tips/{tip}", f"/tips/{tip}/{path}", **fields)
        assert page.status_code == 409, path
        # Ours alone, which comes from a file.
        assert "<script" not in page.text.replace('<script src="/static/', "")
        assert "<img" not in page.text
        assert "&lt;script&gt;" in page.text
    shown = (await browser.get(f"/tips/{tip}")).text
    assert "\u202e" not in shown
    assert "Right-To-Left Override" in shown
    await browser.aclose()


async def test_an_erased_tip_keeps_its_page_without_content(house: House) -> None:
    tip = house.file()
    browser = await house.signed_in("chen")
    house.database.write_now(lambda t: erase_content(t, tip, now=house.clock()))
    page = await browser.get(f"/tips/{tip}")
    assert page.status_code == 200
    assert "The content of this tip was erased" in page.text
    await browser.aclose()


async def test_a_tip_that_is_not_there_is_a_kind_page_not_found(house: House) -> None:
    browser = await house.signed_in("chen")
    answer = await browser.get("/tips/NONE-NONE")
    assert answer.status_code == 404
    assert "There is no such page" in answer.text
    await browser.aclose()


async def test_the_console_speaks_three_languages(house: House) -> None:
    house.hire("chen")
    for language, word in (("en", "Sign in"), ("zh-CN", "登录"), ("zh-TW", "登入")):
        async with house.browser(language=language) as browser:
            assert f"<h1>{word}</h1>" in (await browser.get("/sign-in")).text


async def test_the_switch_of_languages_leads_back_to_the_same_page_and_never_to_an_error(house: House) -> None:
    tip = house.file()
    browser = await house.signed_in("chen")
    await send(browser, f"/tips/{tip}", f"/tips/{tip}/claim")
    refused = await send(browser, f"/tips/{tip}", f"/tips/{tip}/decide")
    for page in (await browser.get("/?state=new"), refused):
        found = re.search(r'href="([^"]*language=zh-Hant)"', page.text)
        assert found
        switched = await browser.get(html.unescape(found[1]))
        assert switched.status_code == 200
        assert '<html lang="zh-Hant">' in switched.text
    assert '<html lang="zh-Hant">' in (await browser.get(f"/tips/{tip}")).text
    await browser.aclose()


async def test_an_observable_told_twice_stands_once_and_what_points_at_somebody_stands_first(house: House) -> None:
    text = "yesterday 555 0100 and again 555 0100"
    phone = BoxedObservable("phone", "+15550100", "555 0100", 10, 18, checked=True)
    again = BoxedObservable("phone", "+15550100", "555 0100", 29, 37, checked=True)
    day = BoxedObservable("moment", "2026-03-03", "yesterday", 0, 9, checked=True, moment=house.clock())
    tip = house.file(TipBox(telling=(text,), language="en", kind="check", observables=(day, phone, again)))
    browser = await house.signed_in("chen")
    page = (await browser.get(f"/tips/{tip}")).text
    assert page.count("+15550100") == 1
    assert page.index("Phone number") < page.index("Date or time")
    await browser.aclose()
