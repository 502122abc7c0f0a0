"""A talk in the web chat, page by page, without a script."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.bot.channels.conftest import House
from tests.bot.channels.visitor import Visitor

CHEATED = "我刚被骗了 刚转了4万8给他们 说是京东客服 要关掉金条 不然影响征信 我现在怎么办"
CHECK = (
    'Is this real? "USPS: your parcel is held, address incomplete. Update within 12h: hxxps://usps-redelivery[.]top/i"'
)
STANDING = ["money", "danger", "watched"]


async def file_report(visitor: Visitor) -> str:
    """From a telling to its receipt."""
    await visitor.say(CHEATED)
    await visitor.press("money:called")
    while "submit" not in visitor.buttons:
        await visitor.press("skip")
    await visitor.press("submit")
    (receipt,) = visitor.page.texts("receipt")
    return receipt


@pytest.mark.parametrize(
    ("accepts", "language", "word"),
    [
        ("en-GB,en;q=0.8", "en", "Tell me what happened"),
        ("zh-CN", "zh-Hans", "发生了什么"),
        ("zh-TW,zh;q=0.9,en;q=0.8", "zh-Hant", "發生什麼事"),
        ("zh-HK", "zh-Hant", "發生咩事"),
        ("fr-CA,en;q=0.5", "en", "Tell me what happened"),
        ("", "en", "Tell me what happened"),
    ],
)
async def test_the_page_speaks_the_browsers_language(
    visit: Callable[..., Visitor], accepts: str, language: str, word: str
) -> None:
    visitor = visit(accepts=accepts)
    await visitor.open()
    assert visitor.answer.headers["content-language"] == language
    assert f'<html lang="{language}">' in visitor.answer.text
    assert word in visitor.told[0]


async def test_the_opening_page_offers_every_kind_of_report_and_what_cannot_wait(visitor: Visitor) -> None:
    assert [b for b in visitor.buttons if b.startswith("kind:")] == [
        "kind:cheated",
        "kind:check",
        "kind:held",
        "kind:mule",
        "kind:insider",
    ]
    assert visitor.buttons[:3] == STANDING
    assert visitor.form("/exit")
    assert "help" in visitor.buttons
    assert visitor.page.texts("composer-foot")[0].split("\n")[1].strip() == "Only our staff can open what you file"


async def test_a_language_button_turns_the_page_and_says_the_same_only_once(visitor: Visitor) -> None:
    await visitor.press("language:zh-Hans")
    await visitor.press("language:zh-Hant")
    await visitor.press("language:zh-Hans")
    assert visitor.answer.headers["content-language"] == "zh-Hans"
    assert len(visitor.told) == 1
    assert "发生了什么" in visitor.told[0]
    assert "只有工作人员打得开" in visitor.answer.text
    (chosen,) = [tag["lang"] for name, tag in visitor.page.tags if name == "button" and "aria-pressed" in tag]
    assert chosen == "zh-Hans"


async def test_a_switch_in_mid_talk_shows_the_screen_in_the_new_language_alone(visitor: Visitor) -> None:
    await visitor.say(CHECK)
    before = visitor.told[-1]
    await visitor.press("language:zh-Hans")
    assert before not in visitor.told
    assert "exposure:paid" in visitor.buttons
    assert visitor.said == [CHECK]


async def test_money_that_left_brings_the_card_first_set_apart_with_its_steps(visitor: Visitor) -> None:
    await visitor.say(CHEATED)
    assert str(visitor.answer.url).endswith("/#newest")
    assert visitor.said == [CHEATED]
    (card,) = visitor.page.texts("bubble", "urgent")
    assert "110" in card
    assert len([name for name, _ in visitor.page.tags if name == "li"]) >= 3
    assert '<ol class="steps">' in visitor.answer.text
    assert {"money:called", "money:cannot"} <= set(visitor.buttons)
    assert visitor.buttons[:3] == STANDING


async def test_a_check_is_answered_with_the_reason_and_choices(visitor: Visitor) -> None:
    await visitor.say(CHECK)
    assert any("your parcel is held" in told for told in visitor.told)
    assert {"exposure:nothing", "exposure:opened", "exposure:given", "exposure:paid"} <= set(visitor.buttons)
    await visitor.press("exposure:nothing")
    assert visitor.said == [CHECK, "Nothing"]


async def test_the_newest_answer_is_a_log_that_is_read_aloud(visitor: Visitor) -> None:
    await visitor.say(CHECK)
    (log,) = [tag for _, tag in visitor.page.tags if tag.get("role") == "log"]
    assert log["id"] == "newest"
    assert log["aria-live"] == "polite"


async def test_the_receipt_is_shown_until_the_next_step_and_then_never_again(visitor: Visitor) -> None:
    receipt = await file_report(visitor)
    await visitor.open()
    assert visitor.page.texts("receipt") == [receipt]
    assert not set(STANDING) & set(visitor.buttons)
    await visitor.press("new")
    assert receipt not in visitor.answer.text
    await visitor.open()
    assert receipt not in visitor.answer.text


async def test_whoever_noted_the_receipt_can_take_it_off_the_screen(visitor: Visitor) -> None:
    receipt = await file_report(visitor)
    await visitor.send("/seen", visitor.form("/seen").fields)
    assert receipt not in visitor.answer.text
    assert "script" in visitor.buttons


@pytest.mark.parametrize("beside", ["language:zh-Hant", "help", "script", "aftercare"])
async def test_a_receipt_not_noted_yet_survives_a_button_beside_the_talk(visitor: Visitor, beside: str) -> None:
    receipt = await file_report(visitor)
    await visitor.press(beside)
    assert visitor.page.texts("receipt") == [receipt]


@pytest.mark.parametrize(("beside", "said"), [("script", "4.8 万元"), ("aftercare", "还能做什么")])
async def test_what_is_asked_for_beside_a_receipt_stands_above_it(visitor: Visitor, beside: str, said: str) -> None:
    receipt = await file_report(visitor)
    await visitor.press(beside)
    newest = visitor.answer.text.partition('id="newest"')[2]
    assert 0 < newest.index(said) < newest.index(receipt)


async def test_the_script_to_read_out_is_shown_and_kept_in_no_history(visitor: Visitor) -> None:
    await file_report(visitor)
    await visitor.press("script")
    scripts = [text for text in visitor.page.texts("once") if "4.8 万元" in text]
    assert len(scripts) == 1
    await visitor.press("new")
    assert "4.8 万元" not in visitor.answer.text


async def test_with_the_receipt_another_browser_sees_how_the_report_stands_and_nothing_of_it(
    visitor: Visitor, visit: Callable[..., Visitor]
) -> None:
    receipt = await file_report(visitor)
    elsewhere = visit()
    await elsewhere.open()
    await elsewhere.say(receipt)
    assert "it waits to be read" in "".join(elsewhere.page.texts("once")).lower()
    assert {"receipt:add", "receipt:withdraw"} <= set(elsewhere.buttons)
    assert "京东" not in elsewhere.answer.text
    assert receipt not in elsewhere.answer.text


async def test_a_cards_next_step_keeps_the_buttons_only_it_offers(visitor: Visitor) -> None:
    await visitor.press("danger")
    await visitor.press("which:life")
    await visitor.press("life:talking")
    assert "life:go-on" in visitor.buttons
    await visitor.press("life:go-on")
    assert "life:talking" not in visitor.buttons


async def test_after_help_the_card_is_told_again_above_its_buttons(visitor: Visitor) -> None:
    await visitor.say(CHEATED)
    await visitor.press("help")
    assert visitor.said == [CHEATED, "帮助"]
    assert len(visitor.page.texts("bubble", "urgent")) == 2
    assert "110" in visitor.told[-1]


async def test_loaded_anew_a_cards_next_step_stands_above_the_cards_buttons(visitor: Visitor) -> None:
    await visitor.press("danger")
    await visitor.press("which:life")
    await visitor.press("life:alone")
    newest = visitor.told[-1]
    await visitor.open()
    assert visitor.told[-1] == newest
    assert {"life:talking", "life:alone"} <= set(visitor.buttons)


async def test_while_somebody_may_be_watching_nothing_of_the_talk_is_on_the_page(visitor: Visitor) -> None:
    await visitor.say(CHEATED)
    await visitor.press("watched")
    assert visitor.said == []
    assert len(visitor.told) == 1
    assert {"controller:yes", "controller:no"} <= set(visitor.buttons)
    assert "京东" not in visitor.answer.text


async def test_whoever_comes_back_later_is_offered_to_go_on_and_sees_no_word_of_it(
    visitor: Visitor, house: House
) -> None:
    await visitor.say(CHEATED)
    house.clock.move(timedelta(minutes=31))
    await visitor.open()
    assert {"resume", "restart"} <= set(visitor.buttons)
    assert "京东" not in visitor.answer.text
    await visitor.press("resume")
    assert visitor.said[0] == CHEATED


async def test_an_empty_message_is_answered_kindly(visitor: Visitor) -> None:
    await visitor.say("")
    assert visitor.answer.status_code == 200
    assert any("no words" in told for told in visitor.told)


async def test_a_stale_button_says_so_and_shows_where_we_are(visitor: Visitor) -> None:
    old = visitor.form("/press").fields
    await visitor.say(CHECK)
    await visitor.send("/press", {**visitor.form("/press").fields, "turn": old["turn"], "button": "kind:held"})
    assert any("earlier message" in told for told in visitor.told)
    assert "exposure:paid" in visitor.buttons


@pytest.mark.parametrize("path", ["/say", "/press", "/seen"])
async def test_who_loads_the_address_of_a_form_is_led_to_the_talk(visitor: Visitor, path: str) -> None:
    await visitor.open(path)
    assert visitor.answer.status_code == 200
    assert visitor.answer.url.path == "/"
