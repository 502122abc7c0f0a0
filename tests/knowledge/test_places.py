"""The country guessed from a telling: right where something tells, none where nothing does."""

from functools import cache
from pathlib import Path

import pytest

from knowledge.language import Language, detect_language
from knowledge.observables import shipped_vocabulary
from knowledge.observables.countries import CUSTOMS
from knowledge.places import PlaceReader, guess_country
from knowledge.places_file import PlacesError, load_places, shipped_places
from tests.knowledge.observed import observe

HANS, HANT, EN = Language.ZH_HANS, Language.ZH_HANT, Language.EN


@cache
def reader() -> PlaceReader:
    return PlaceReader(shipped_places(), shipped_vocabulary())


def guess(text: str, hint: str | None = None) -> str | None:
    return reader().guess(text, language=detect_language(text), observables=observe(text, None), hint=hint)


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("我刚被骗了 刚转了4万8给他们 说是京东客服 要关掉金条 不然影响征信", "CN"),
        ("我在深圳，昨天被骗了", "CN"),
        ("去派出所报警，民警让我打96110", "CN"),
        ("我在新竹被騙，去警察局報案", "TW"),
        ("匯款到他的帳戶，金融卡也寄去超商了", "TW"),
        ("已經打了165", "TW"),
        ("NT$12,000", "TW"),
        ("尋日過數5000蚊俾人呃咗", "HK"),
        ("去差館報案，佢話要等", "HK"),
        ("用轉數快過咗數去中銀香港戶口", "HK"),
        ("我喺澳門，去咗司警報案", "MO"),
        ("I'm in Singapore and paid by PayNow to a DBS account", "SG"),
        ("my mother in Tampines gave them her Singpass", "SG"),
        ("RM 500 to a Maybank account", "MY"),
        ("我在吉隆坡，过了RM500给骗子", "MY"),
        ("My nan in Leeds got a call from HMRC", "GB"),
        ("I called 159 and they put me through to Barclays", "GB"),
        ("sent by Zelle from Chase", "US"),
        ('"USPS: your parcel is held"', "US"),
        ("CRA said I owe tax, I did an e-transfer", "CA"),
        ("CommBank froze it, text said myGov", "AU"),
        ("call from (213) 373-4253 at my home in Texas", "US"),
    ],
)
def test_places_money_banks_hotlines_and_ways_of_speaking_tell_the_country(text: str, country: str) -> None:
    assert guess(text) == country


@pytest.mark.parametrize(
    "text",
    [
        "i work in a customer service office in sihanoukville. they check phones",
        "a man from my gym wants me to join his savings circle, 12 people, everyone pays 200 a month",
        "I'm going to Cambodia for a job in Phnom Penh",
        "he said he was in London, I sent $500",
        "he is from Toronto and works on an oil rig",
        "a job in Singapore, they bought my ticket to Singapore",
        "5,000 people and 165 cm, order 999",
        "what is this",
        "",
        "🙏",
    ],
)
def test_where_nothing_tells_no_country_is_guessed(text: str) -> None:
    assert guess(text) is None


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("我弟弟上个月去缅甸做客服 说被关着 要我们交20万赎人", "CN"),
        ("我儿子被骗到柬埔寨西港，家里人在深圳", "CN"),
        ("他说他在新加坡做工程师，我转了5万", "CN"),
        ("他自稱在英國當醫生，我匯款三萬到他的帳戶", "TW"),
        ("我弟去香港打工後就失聯了，警察局叫我等", "TW"),
        ("住在南京東路，被騙匯款", "TW"),
    ],
)
def test_where_somebody_is_held_or_travels_or_claims_to_be_is_not_where_the_reporter_is(
    text: str, country: str
) -> None:
    assert guess(text) == country


@pytest.mark.parametrize(
    ("hint", "country"),
    [
        ("zh-TW", "TW"),
        ("zh-HK", "HK"),
        ("zh-Hant-MO", "MO"),
        ("en-GB", "GB"),
        ("en_US", "US"),
        ("SG", "SG"),
        ("en-NZ", "NZ"),
        ("zh-FR", "FR"),
        ("pt-BR", "BR"),
    ],
)
def test_where_the_text_is_silent_the_hint_decides(hint: str, country: str) -> None:
    assert guess("hello", hint) == country


@pytest.mark.parametrize(
    "hint", ["en", "zh", "zh-Hans", "zh-Hant", "sv-SE", "my", "ca", "de", "", None, "-", "x-" * 50]
)
def test_a_hint_without_a_country_that_is_served_tells_nothing(hint: str | None) -> None:
    assert guess("hello", hint) is None


def test_the_text_outweighs_the_hint() -> None:
    assert guess("I live in London and bank with Barclays", "en-US") == "GB"


def test_the_hint_outweighs_the_script() -> None:
    assert guess("我被騙了", "zh-HK") == "HK"
    assert guess("我被骗了", "zh-SG") == "SG"


def test_a_number_called_in_four_countries_needs_something_more() -> None:
    assert guess("I called 999") is None
    assert guess("I called 999", "en-SG") == "SG"


def test_the_script_decides_where_nothing_else_does() -> None:
    assert reader().guess("骗子", language=HANS, observables=()) == "CN"
    assert reader().guess("騙子", language=HANT, observables=()) == "TW"
    assert reader().guess("scam", language=EN, observables=()) is None
    assert reader().guess("?", language=None, observables=()) is None


def test_a_guessed_currency_does_not_speak_for_a_country() -> None:
    assert reader().guess("$20", language=EN, observables=observe("$20", "SG")) is None


@pytest.mark.parametrize("piece", ["香港", "to ", "他", "165 ", "a", "在"])
def test_the_longest_text_is_read_to_the_end(piece: str) -> None:
    text = (piece * 16_384)[:16_384]
    assert reader().guess(text, language=None, observables=()) in {*CUSTOMS, None}


def test_one_call_without_a_reader_guesses_the_same() -> None:
    assert guess_country("我在高雄", language=HANT, observables=()) == "TW"


def test_the_shipped_file_knows_exactly_the_countries_that_are_served_and_only_names_of_the_vocabulary() -> None:
    countries, names = shipped_places(), shipped_vocabulary().names
    assert [country.code for country in countries] == list(CUSTOMS)
    ids = {(name.type.value, name.id) for name in names}
    for country in countries:
        assert {("rail", rail) for rail in country.rails} <= ids
        assert {("platform", platform) for platform in country.platforms} <= ids
        assert set(country.currencies) <= set(shipped_vocabulary().currencies.values())


GOOD = """
[[country]]
code = "TW"
places = ["新竹"]
[[country]]
code = "HK"
places = ["旺角"]
"""


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('"HK"', '"XK"', 'places.toml: country[1].code: "XK" is not among: CN'),
        ('"旺角"', '"新竹"', 'places.toml: country[1].places[0]: "新竹" already stands for TW; keep one'),
        ('places = ["旺角"]', 'place = ["旺角"]', "places.toml: country[1].place: "),
        ('places = ["旺角"]', 'places = "旺角"', "places.toml: country[1].places: is of the wrong kind; write a list"),
    ],
)
def test_a_fault_in_the_places_names_file_key_and_remedy(tmp_path: Path, old: str, new: str, fault: str) -> None:
    path = tmp_path / "places.toml"
    path.write_text(GOOD, encoding="utf-8")
    assert [country.code for country in load_places(path)] == ["TW", "HK"]
    path.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PlacesError) as caught:
        load_places(path)
    assert any(str(found).startswith(fault) for found in caught.value.faults), str(caught.value)


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("我在日本留学，有人说我涉嫌洗钱", "JP"),
        ("我现在人在法国，刚才转了三千欧", "FR"),
        ("我人在德國，剛剛匯了三千歐元", "DE"),
        ("i live in tokyo and just paid a fake landlord", "JP"),
        ("I'm in the Netherlands and sent them 900 euros", "NL"),
        ("I'm studying in New Zealand, they said I owe tax", "NZ"),
        ("I live in Bangkok, my bank app was emptied", "TH"),
        ("我住在迪拜，被骗了五万", "AE"),
        ("我們住在金邊，她被騙了錢", "KH"),
        ("paid through UPI to a fake seller, lost two lakh", "IN"),
        ("i sent it by GCash", "PH"),
        ("I called the Gardai", "IE"),
    ],
)
def test_who_says_to_be_in_one_of_the_other_countries_is_there(text: str, country: str) -> None:
    assert guess(text, "zh-CN") == country


@pytest.mark.parametrize(
    "text",
    [
        "我在西港一家公司上班，想举报",
        "我在泰国被他们扣了护照",
        "我在迪拜上班，公司不让走",
        "我住在妙瓦底的园区里",
        "我住在缅甸的园区里，出不去",
        "我弟弟人在日本，联系不上",
        "我妹妹目前在德国，她被骗了",
        "他说我在日本做工程师",
        "他跟我说：我在法国开店",
        "我在印度餐厅吃饭时手机被偷了",
        "要我们交20万泰铢赎人，人在缅甸",
        "打过来的号码是 +855 12 345 678",
    ],
)
def test_who_is_held_or_away_or_quoted_keeps_the_numbers_of_home(text: str) -> None:
    assert guess(text, "zh-CN") == "CN"
