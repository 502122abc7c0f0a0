"""A wrong number is worse than none: who is in a country that is not served gets no number."""

import pytest

from knowledge.elsewhere import ELSEWHERE
from knowledge.language import Language
from knowledge.places import PlaceReader


@pytest.fixture(scope="module")
def reader() -> PlaceReader:
    return PlaceReader.shipped()


@pytest.mark.parametrize(
    ("text", "language", "hint"),
    [
        ("我在瑞典，刚才转了三千克朗给冒充大使馆的人", Language.ZH_HANS, "zh-CN"),
        ("我人在奧地利，剛剛匯了三千歐元給假大使館", Language.ZH_HANT, "zh-TW"),
        ("我在俄罗斯留学，有人说我涉嫌洗钱", Language.ZH_HANS, None),
        ("i live in warsaw, in poland, and just paid a fake landlord. we are in poland", Language.EN, "en-HK"),
        ("I'm in Norway and sent them 900 kroner", Language.EN, "en-US"),
    ],
)
def test_who_says_to_be_in_a_country_that_is_not_served_is_elsewhere(
    reader: PlaceReader, text: str, language: Language, hint: str | None
) -> None:
    assert reader.guess(text, language=language, observables=(), hint=hint) == ELSEWHERE


@pytest.mark.parametrize(
    "text",
    [
        "他说他在法国做生意，让我转账",
        "我弟弟在缅甸被关着，要我们交20万",
        "我在西港一家公司上班，想举报",
        "he says he is in germany on an oil rig and needs money",
        "我买了去日本的机票，客服说航班取消",
    ],
)
def test_where_somebody_else_is_says_nothing_of_the_writer(reader: PlaceReader, text: str) -> None:
    assert reader.guess(text, language=Language.ZH_HANS, observables=(), hint="zh-CN") != ELSEWHERE


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("我在倫敦打工度假 匯款被騙 帳戶被凍結", "GB"),
        ("人在洛杉磯 被詐騙匯款", "US"),
        ("我住曼谷 被騙匯款", "TH"),
        ("lost 200 rand, Durban", "ZA"),
        ("Lagos. they took 200k", "NG"),
        ("im from kerala and lost 45000", "IN"),
        ("上海公安打電話給我 我在悉尼", "AU"),
    ],
)
def test_a_city_said_or_named_by_itself_goes_before_the_words_of_the_script(
    reader: PlaceReader, text: str, country: str
) -> None:
    assert reader.guess(text, language=Language.ZH_HANT, observables=(), hint="zh-TW") == country


@pytest.mark.parametrize(
    "text",
    [
        "she says she works in oil, Germany",
        "my brother is trapped in a building, Manila",
        "my job offer in Canada wants a fee",
        "he is in germany",
    ],
)
def test_where_somebody_else_is_or_would_be_is_no_country_of_theirs(reader: PlaceReader, text: str) -> None:
    assert reader.guess(text, language=Language.EN, observables=(), hint=None) is None


def test_a_name_alone_answers_where_they_are(reader: PlaceReader) -> None:
    named = {name: reader.named(name) for name in ("Canada", "the UK", "菲律賓", "曼谷", "china", "Sweden", "hello")}
    assert named == {
        "Canada": "CA", "the UK": "GB", "菲律賓": "PH", "曼谷": "TH", "china": "CN", "Sweden": ELSEWHERE, "hello": None,
    }  # fmt: skip
