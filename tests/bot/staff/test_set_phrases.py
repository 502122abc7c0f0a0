"""Set phrases: in every language, chosen in the staff's, sent in the reporter's."""

import html
import re

import pytest

from bot.services.tipbox import TipBox
from bot.staff.set_phrases import in_staff_words, set_phrases
from knowledge.language import Language, detect_language
from storage import messages
from tests.bot.staff.house import House, send

HANT = TipBox(telling=("他叫我去 ATM",), language="zh-Hant", kind="check", country="TW")


def phrase(name: str) -> dict[str, str]:
    return dict(next(one for one in set_phrases() if one.id == name).texts)


def test_each_is_written_in_the_script_it_stands_under_and_asks_for_no_secret() -> None:
    assert len(set_phrases()) >= 10
    for one in set_phrases():
        for language in Language:
            assert detect_language(one.texts[language]) is language, one.id
        assert not re.search(r"password|ID number|密码|密碼|身份证|身分證", " ".join(one.texts.values())), one.id


@pytest.mark.parametrize(("country", "key"), [("HK", "zh-Hant-HK"), ("MO", "zh-Hant-HK"), ("TW", "zh-Hant")])
def test_hong_kong_is_spoken_to_in_its_own_words(country: str, key: str) -> None:
    (asked,) = [one for one in set_phrases() if one.id == "called-bank"]
    assert asked.for_reporter("zh-Hant", country) == asked.texts[key]
    assert asked.for_reporter("zh-Hans", country) == asked.texts["zh-Hans"]


def test_a_question_in_the_readers_own_language_is_not_said_twice() -> None:
    asked = phrase("when-paid")
    assert in_staff_words(asked["zh-Hant"], Language.EN) == asked["en"]
    assert in_staff_words(asked["en"], Language.EN) == ""
    assert in_staff_words("您好！\n" + asked["zh-Hant"], Language.EN) == asked["en"]
    assert in_staff_words("something of their own", Language.ZH_HANS) == ""


async def test_chosen_in_english_sent_in_chinese_after_an_edit_and_read_in_english(house: House) -> None:
    tip = house.file(HANT)
    browser = await house.signed_in("chen")
    await send(browser, f"/tips/{tip}", f"/tips/{tip}/claim")
    page = html.unescape((await browser.get(f"/tips/{tip}")).text)
    asked = phrase("when-paid")
    assert asked["en"] in page
    assert asked["zh-Hant"] in page
    fields = {"question": "您好！", "phrase-when-paid": "on", "phrase-safe": "on"}
    shown = await send(browser, f"/tips/{tip}", f"/tips/{tip}/ask/phrases", **fields)
    assert shown.status_code == 200
    found = re.search(r'<textarea[^>]*name="question"[^>]*>([^<]*)</textarea>', shown.text)
    assert found
    assert html.unescape(found[1]) == f"您好！\n{phrase('safe')['zh-Hant']}\n{asked['zh-Hant']}"
    assert house.database.read_now(lambda t: messages.of_tip(t, tip)) == ()
    edited = f"您好！\n{asked['zh-Hant']}"
    await send(browser, f"/tips/{tip}", f"/tips/{tip}/ask", question=edited)
    (sent,) = house.database.read_now(lambda t: messages.of_tip(t, tip))
    assert sent.for_reporter is not None
    assert house.receipt.open(sent.for_reporter).decode() == edited
    thread = html.unescape((await browser.get(f"/tips/{tip}")).text)
    thread = thread[thread.index('id="spoken"') :]
    assert thread.index(asked["zh-Hant"]) < thread.index(asked["en"])
    await browser.aclose()
