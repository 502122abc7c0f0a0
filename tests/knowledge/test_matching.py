"""The matcher: ranked, with reasons in the person's own words, and never "safe"."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversation.warning import NAMED
from knowledge.catalogue import shipped_catalogue
from knowledge.language import Language
from knowledge.learning import Example
from knowledge.matching import Likeness, Match, Matcher
from knowledge.ordinary import shipped_ordinary
from knowledge.pattern import System
from knowledge.shipped import shipped_release
from tests.knowledge.shipped import matcher

_TOLD = [
    (
        "我刚被骗了 刚转了4万8给他们 说是京东客服 要关掉金条 不然影响征信 我现在怎么办",
        "fake-credit-record",
        Language.ZH_HANS,
    ),
    (
        'Is this real? "USPS: your parcel is held, address incomplete. Update within 12h: hxxps://usps-redelivery[.]top/i"',
        "parcel-message",
        Language.EN,
    ),
    (
        "我弟弟上个月去缅甸做客服 说月薪三万 现在只能晚上用暗语发消息 说被关着 要我们交20万赎人",
        "ransom-for-captive",
        Language.ZH_HANS,
    ),
    ("他叫我把銀行卡借給他用一個月，一天給我兩千", "handed-over-card", Language.ZH_HANT),
    ("警察打电话说我涉嫌洗钱，要我把钱转到安全账户配合调查", "impersonated-police", Language.ZH_HANS),
    ("接到電話說我訂單設定錯誤變成分期付款，要去操作ATM解除", "fake-customer-service", Language.ZH_HANT),
]
_ORDINARY = [
    "晚上想吃火锅还是烧烤",
    "How many eggs do I need for a sponge cake?",
    "我明天下班順路去接小孩，你先煮飯",
    "The train to Leeds is ten minutes late again.",
]


@pytest.mark.parametrize(("text", "pattern", "language"), _TOLD)
def test_a_known_scam_is_warned_of_by_name_and_reason(text: str, pattern: str, language: Language) -> None:
    found = matcher().match(text)

    assert (found.likeness, found.language) == (Likeness.WARN, language)
    best = found.matches[0]
    assert best.pattern == pattern
    assert best.codes == shipped_catalogue()[pattern].codes
    assert best.evidence


def test_a_reason_names_the_red_flag_its_words_raise() -> None:
    text = "USPS: your parcel is held, please update your address"

    best = matcher().match(text).matches[0]

    names = {red_flag.id for red_flag in shipped_catalogue()["parcel-message"].red_flags}
    flagged = {piece.text: piece.red_flag for piece in best.evidence if piece.red_flag}
    assert "your parcel is held" in flagged
    assert set(flagged.values()) <= names


@pytest.mark.parametrize("text", _ORDINARY)
def test_the_ordinary_is_unknown_and_never_called_safe(text: str) -> None:
    found = matcher().match(text)

    assert found.likeness is Likeness.UNKNOWN
    assert len(found.matches) == 5
    assert {likeness.value for likeness in Likeness} == {"warn", "similar", "unknown"}


def test_what_is_as_often_honest_is_similar_and_no_warning() -> None:
    found = matcher().match(
        "a man from my gym wants me to join his savings circle, 12 people, everyone pays 200 a month"
    )

    assert (found.likeness, found.matches[0].pattern) == (Likeness.SIMILAR, "gifting-circle")
    assert found.matches[0].evidence[0].red_flag == "circle-invitation"


@pytest.mark.parametrize("text", ["", " ", "😀😀", "!!!", "\u200b", "\x00", "12345"])
def test_what_says_nothing_is_unknown(text: str) -> None:
    assert matcher().match(text).likeness is Likeness.UNKNOWN


_ASKS = (
    "is this a scam?",
    "Is this legit?",
    "am I being scammed?",
    "can you check this for me",
    "I got this message, is it real?",
    "帮我看看是不是骗人的",
    "这个电话是真的吗",
    "是诈骗吗",
    "幫我看看這是不是詐騙",
    "收到這個短信係咪真㗎",
    "幫我睇下係咪呃人",
)


@pytest.mark.parametrize("text", _ASKS)
def test_who_asks_and_tells_nothing_hears_of_no_scam_by_name(text: str) -> None:
    assert text not in {message.text for message in shipped_ordinary()}
    found = matcher().match(text)
    assert found.likeness is Likeness.UNKNOWN or (found.likeness is Likeness.SIMILAR and found.matches[0].score < NAMED)


@pytest.mark.parametrize("ask", _ASKS)
@pytest.mark.parametrize(
    "text",
    [
        "hi mum my phone broke this is my new number can you send 800 for rent",
        "客服说我开通了百万保障，不取消每月扣两千，叫我下载会议软件",
        "收到簡訊說我有一筆退稅，要點連結填卡號",
    ],
)
def test_a_scam_that_is_asked_about_is_warned_of_as_without_the_question(ask: str, text: str) -> None:
    found = matcher().match(f"{ask} {text}")
    assert found.likeness is Likeness.WARN
    assert found.matches[0].pattern == matcher().match(text).matches[0].pattern
    assert not any(piece.text.strip() == ask for piece in found.matches[0].evidence)


def _order(matches: tuple[Match, ...]) -> list[float]:
    return [match.score for match in matches]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.text(
        alphabet=st.one_of(
            st.sampled_from(list("转账刷单银行卡你我 your parcel is held,.\u200b！？")), st.characters()
        ),
        max_size=80,
    )
)
def test_whatever_is_said_gets_five_matches_whose_evidence_is_in_the_text(text: str) -> None:
    found = matcher().match(text)

    assert len({match.pattern for match in found.matches}) == 5
    assert _order(found.matches) == sorted(_order(found.matches), reverse=True)
    assert 0 <= sum(_order(found.matches)) <= 1 + 1e-9
    for match in found.matches:
        assert all(text[piece.start : piece.end] == piece.text != "" for piece in match.evidence)
    assert found.likeness is not Likeness.WARN or found.matches[0].evidence


@pytest.mark.parametrize(
    "disguised",
    [
        "USPS: your pаrcel is hеld, аddress incоmplete. Updаte within 12h",
        "ＵＳＰＳ： ｙｏｕｒ ｐａｒｃｅｌ ｉｓ ｈｅｌｄ， ａｄｄｒｅｓｓ ｉｎｃｏｍｐｌｅｔｅ．",
        "\u200b".join("USPS: your parcel is held, address incomplete. Update within 12h"),
        "y o u r  p a r c e l  i s  h e l d  a d d r e s s  i n c o m p l e t e  u p d a t e  n o w",
        "uSpS: yOuR PaRcEl iS hElD, aDdReSs InCoMpLeTe. uPdAtE wItHiN 12h",
    ],
)
def test_a_disguise_changes_nothing(disguised: str) -> None:
    found = matcher().match(disguised)

    assert (found.likeness, found.matches[0].pattern) == (Likeness.WARN, "parcel-message")
    assert all(disguised[piece.start : piece.end] == piece.text for piece in found.matches[0].evidence)


def test_matching_the_longest_text_takes_bounded_time() -> None:
    phrases = [text for pattern in shipped_catalogue() for _, text in pattern.phrases()]
    longest = " ".join(phrases)[:16_384]
    matcher().match("warm")
    began = time.process_time()

    matcher().match(longest)

    # Several times what it takes, so that a busy machine does not fail it and a quadratic rule does.
    assert time.process_time() - began < 2.0


def test_examples_alone_give_the_labels() -> None:
    examples = [
        *(Example(f"my cat climbed the {tree} and would not come down", "cats") for tree in ("oak", "elm", "fir")),
        *(Example(f"the {kind} roof leaks whenever it rains", "roofs") for kind in ("tin", "old", "barn")),
    ]

    found = _told_apart(examples).match("the cat will not come down from the ash tree")

    assert [match.pattern for match in found.matches] == ["cats", "roofs"]
    assert all(match.codes == {} for match in found.matches)
    assert all(piece.red_flag is None for match in found.matches for piece in match.evidence)
    assert any("cat" in piece.text for piece in found.matches[0].evidence)


def test_one_label_is_enough() -> None:
    found = _told_apart([Example("my cat climbed the oak", "cats")]).match("a cat in the oak")

    assert [match.pattern for match in found.matches] == ["cats"]


def test_a_label_that_patterns_bear_is_known_before_it_is_learned() -> None:
    told = _TOLD[4][0]

    def first(label: str) -> str:
        cats = ("oak", "elm", "fir", "ash")
        examples = [Example(f"my cat climbed the {tree} and would not come down", label) for tree in cats]
        examples += [Example(f"the {kind} roof leaks whenever it rains", "roofs") for kind in ("tin", "old", "barn")]
        return _told_apart(examples).match(told).matches[0].pattern

    assert first("假檢警") == "假檢警"
    assert first("cats") == first("dogs") == "roofs"


def _told_apart(examples: list[Example]) -> Matcher:
    release = shipped_release()
    return Matcher.telling_apart(examples, release.ground, release.catalogue.by_id)


def test_codes_are_those_of_the_pattern() -> None:
    best = matcher().match(_TOLD[4][0]).matches[0]

    assert best.codes[System.TW165][0] in {"假檢警", "假冒機構(公務員)"}


@pytest.mark.parametrize(
    "text",
    [
        "我叫王建国 身份证 420106198803045512 手机13800138000 被骗了 5万",
        "i was scammed, my ssn is 219 09 9999 12, call me on 0412 345 678",
    ],
)
def test_a_long_number_is_no_reason_and_is_not_said_again(text: str) -> None:
    for match in matcher().match(text).matches:
        for piece in match.evidence:
            assert piece.red_flag is not None or sum(map(str.isdigit, piece.text)) < 7
