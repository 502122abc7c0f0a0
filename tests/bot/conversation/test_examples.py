"""The talks that show how it should feel: their order, what is said before what, and how many taps they take."""

import pytest

from bot.conversation.book import Book
from bot.conversation.events import Match, Reply
from bot.conversation.questions import size
from bot.conversation.session import Stage
from bot.conversation.warning import NAMED_SURELY
from knowledge.dangers import Danger, Kind
from knowledge.language import Language
from knowledge.matching import Likeness, Matcher
from tests.bot.conversation.shell import RECEIPT, Talk, talk

HANS, HANT, EN = Language.ZH_HANS, Language.ZH_HANT, Language.EN

MONEY_GONE = [
    (HANS, "CN", "110", "我刚被骗了 刚转了4万8给他们 说是京东客服 要关掉金条 不然影响征信 我现在怎么办", "6217 0001 2345 6789 019  建行 王某某 14:05"),
    (HANT, "TW", "165", "我剛剛被騙了 剛匯了4萬8給他們 說是蝦皮客服 說我誤設成分期 要我操作ATM解除 我現在怎麼辦", "822 1234 5678 9012 王某某 14:05"),
    (HANT, "HK", "18222", "頭先過咗4萬8俾佢哋 話係京東客服 要我取消會員 唔係會扣錢 我而家點算", "戶口 012 345 678901 王生 14:05"),
    (EN, "US", "bank", "I've just been cheated, I just sent $4,800 to them by Zelle, they said they were Amazon support and my account was charged, what do I do", "acct 6217000123456789019, name J. Smith, 14:05"),
]  # fmt: skip
CHECKS = [
    (EN, "US", 'Is this real? "USPS: your parcel is held, address incomplete. Update within 12h: hxxps://usps-redelivery[.]top/i"'),
    (HANS, "CN", "这是真的吗？“您的快递因地址不详被扣留，请在12小时内更新地址：hxxps://sf-redelivery[.]top/i”"),
    (HANT, "TW", "這是真的嗎？「您的包裹因地址不完整被扣留，請於12小時內更新：hxxps://post-tw[.]top/i」"),
]  # fmt: skip
HELD = [
    (HANS, "CN", "12308", "我弟弟上个月去缅甸做客服 说月薪三万 现在只能晚上用暗语发消息 说被关着 要我们交20万赎人"),
    (HANT, "TW", "110", "我弟弟上個月去柬埔寨做客服 說月薪八萬 現在只能半夜偷偷傳訊息 說被關在園區 要我們付60萬贖人"),
    (EN, "SG", "999", "my brother went to myanmar last month for a customer service job, now he says he is locked in and they want 30,000 dollars ransom to let him go"),
]  # fmt: skip
INSIDERS = [
    (EN, None, 'i work in a "customer service" office in sihanoukville. they make us message people on dating apps. i want to tell but they check phones'),
    (HANS, None, "我在西港一家“客服”公司上班，他们让我们在交友软件上聊人骗投资，我想举报，但他们会查手机"),
    (HANT, None, "我在西港一間「客服」公司上班，他們叫我們用交友軟體跟人聊天騙投資，我想檢舉，可是他們會查手機"),
]  # fmt: skip


def fits_a_phone(reply: Reply) -> bool:
    """About 350 Chinese characters, or 700 letters."""
    return size(reply.text) <= 720


@pytest.mark.parametrize(("language", "country", "number", "telling", "payee"), MONEY_GONE)
def test_money_gone_gets_its_card_before_anything_is_matched_or_asked(
    book: Book, matcher: Matcher, language: Language, country: str, number: str, telling: str, payee: str
) -> None:
    person = talk(book, matcher, language, country).say(telling)
    assert len(person.replies) == 1
    card = person.replies[0]
    assert card.urgent
    assert number in card.text
    assert fits_a_phone(card)
    assert person.session.card is Danger.MONEY_GONE
    assert not any(isinstance(effect, Match) for effect in person.effects)


@pytest.mark.parametrize(("language", "country", "number", "telling", "payee"), MONEY_GONE)
def test_a_full_telling_of_a_loss_reaches_its_receipt_within_three_taps(
    book: Book, matcher: Matcher, language: Language, country: str, number: str, telling: str, payee: str
) -> None:
    person = talk(book, matcher, language, country).say(telling).press("money:called")
    assert len(person.replies) <= 2
    if person.where() is Stage.QUESTION:
        person.press("skip")
    assert person.where() is Stage.REVIEW
    person.say(payee)
    assert person.where() is Stage.REVIEW
    person.press("submit")
    assert person.taps <= 3
    receipts = [reply for reply in person.replies if RECEIPT in reply.text]
    assert [reply.once for reply in receipts] == [True]
    report = person.filed[0].report
    assert report.kind is Kind.CHEATED
    assert report.lines == (telling, payee)
    assert any(fact.type == "account" for fact in report.facts)


@pytest.mark.parametrize(("language", "country", "number", "telling", "payee"), MONEY_GONE)
def test_a_loss_is_shown_back_with_its_sum(
    book: Book, matcher: Matcher, language: Language, country: str, number: str, telling: str, payee: str
) -> None:
    person = talk(book, matcher, language, country).say(telling).press("money:called")
    if person.where() is Stage.QUESTION:
        person.press("skip")
    sums = {HANS: "4.8 万", HANT: "4.8 萬", EN: "4,800"}
    assert sums[language] in person.replies[-1].text


def test_the_warning_quotes_the_persons_own_words(book: Book, matcher: Matcher) -> None:
    for language, country, _, telling, _ in MONEY_GONE:
        person = talk(book, matcher, language, country).say(telling).press("money:called")
        quoted = [evidence.text for match in person.session.report.matches[:1] for evidence in match.evidence]
        assert quoted, telling
        assert all(words in telling for words in quoted)
        assert any(words in person.text for words in quoted), telling


@pytest.mark.parametrize(("language", "country", "telling"), CHECKS)
def test_a_known_scam_is_named_with_its_reason_what_comes_next_and_one_question(
    book: Book, matcher: Matcher, language: Language, country: str, telling: str
) -> None:
    person = talk(book, matcher, language, country).say(telling)
    assert len(person.replies) == 2
    pattern = book.catalogue["parcel-message"]
    assert pattern.name[language] in person.text
    assert pattern.next[language] in person.text
    assert [button.id for button in person.replies[-1].buttons] == [
        "exposure:nothing",
        "exposure:opened",
        "exposure:given",
        "exposure:paid",
    ]


@pytest.mark.parametrize(("language", "country", "telling"), CHECKS)
def test_a_check_where_nothing_was_done_is_filed_in_three_taps_or_not_at_all(
    book: Book, matcher: Matcher, language: Language, country: str, telling: str
) -> None:
    person = talk(book, matcher, language, country).say(telling).press("exposure:nothing")
    declined = talk(book, matcher, language, country).say(telling).press("exposure:nothing").press("offer:no")
    assert declined.filed == []
    assert declined.session.report.lines == ()
    person.press("offer:yes").press("submit")
    assert person.taps == 3
    assert person.filed[0].report.kind is Kind.CHECK


def test_each_thing_done_has_its_own_card(book: Book, matcher: Matcher) -> None:
    language, country, telling = CHECKS[0]
    said = {}
    for done in ("nothing", "opened", "given", "paid"):
        said[done] = talk(book, matcher, language, country).say(telling).press(f"exposure:{done}").text
    assert len(set(said.values())) == 4
    paid = talk(book, matcher, language, country).say(telling).press("exposure:paid")
    assert paid.replies[0].urgent
    assert paid.session.card is Danger.MONEY_GONE


@pytest.mark.parametrize(
    ("language", "telling"),
    [
        (EN, "a man from my gym wants me to join his savings circle, 12 people, everyone pays 200 a month"),
        (HANS, "健身房认识的人叫我加入他的互助会，12个人，每人每月交200"),
        (HANT, "健身房認識的人找我跟會，12個人，每人每月繳2000"),
    ],
)
def test_what_may_be_honest_is_asked_about_and_never_called_safe(
    book: Book, matcher: Matcher, language: Language, telling: str
) -> None:
    person = talk(book, matcher, language).say(telling)
    assert person.where() is Stage.CLARIFY
    buttons = [button.id for button in person.replies[-1].buttons]
    assert buttons == ["clarify:yes", "clarify:no", "clarify:unsure", "skip"]
    assert book.catalogue["gifting-circle"].name[language] in person.text
    asked = 0
    while person.where() is Stage.CLARIFY:
        person.press("clarify:no")
        asked += 1
    assert asked <= 3
    # "No" may speak for another scam than the one first named; it never makes a warning, and nothing is called safe.
    assert person.where() in {Stage.UNKNOWN, Stage.OFFER}


@pytest.mark.parametrize(
    ("language", "telling"),
    [
        (EN, "the library moved the chess evening to wednesday because of the choir"),
        (HANS, "楼下的大爷每天早上在院子里打太极，顺便喂猫，今天还送了我一把葱"),
        (HANT, "隔壁阿伯每天早上在公園打太極拳，順便餵貓，今天還送我一把蔥"),
    ],
)
def test_what_is_like_nothing_known_is_told_so_and_kept_only_by_consent(
    book: Book, matcher: Matcher, language: Language, telling: str
) -> None:
    person = talk(book, matcher, language).say(telling)
    assert person.where() is Stage.UNKNOWN
    assert "watch" in [button.id for button in person.replies[-1].buttons]
    watched = talk(book, matcher, language).say(telling).press("watch")
    assert watched.filed[0].watch
    assert RECEIPT in watched.text
    person.press("offer:no")
    assert person.filed == []
    assert person.session.report.lines == ()


@pytest.mark.parametrize(("language", "country", "number", "telling"), HELD)
def test_someone_held_gets_the_card_at_once_and_a_deadline_is_all_that_is_asked(
    book: Book, matcher: Matcher, language: Language, country: str, number: str, telling: str
) -> None:
    person = talk(book, matcher, language, country).say(telling)
    assert person.where() is Stage.HELD
    assert number in person.text
    assert all(reply.silent for reply in person.replies)
    person.press("held:not-said")
    assert person.where() is Stage.REVIEW
    person.press("submit")
    assert person.filed[0].report.kind is Kind.HELD
    assert person.session.quiet
    assert person.taps <= 3


@pytest.mark.parametrize(("language", "country", "telling"), INSIDERS)
def test_an_insider_is_first_asked_who_can_see_the_phone_and_never_sent_to_local_police(
    book: Book, matcher: Matcher, language: Language, country: str | None, telling: str
) -> None:
    person = talk(book, matcher, language, country).say(telling)
    assert person.where() is Stage.SAFETY
    assert person.replies[0].silent
    person.press("safety:only-me")
    assert person.session.question == "can-leave"
    said = person.text
    person.press("answer:no").press("submit")
    for hotline in book.hotlines.every:
        if "police" in hotline.situations:
            assert f"**{hotline.number}**" not in said + person.text
    assert RECEIPT in person.text
    assert person.session.report.lines == ()


def test_the_receipt_shows_state_and_questions_but_never_the_telling(book: Book, matcher: Matcher) -> None:
    for language, country, _, telling, _ in MONEY_GONE:
        person = talk(book, matcher, language, country).say(telling).press("money:called")
        if person.where() is Stage.QUESTION:
            person.press("skip")
        person.press("submit")
        person.ask_from_staff("QUESTION-FROM-STAFF")
        later = Talk(book, matcher, tips=person.tips, session=talk(book, matcher, language, country).session)
        later.say(RECEIPT)
        assert "QUESTION-FROM-STAFF" in later.text
        assert telling[:12] not in later.text
        assert [button.id for button in later.replies[-1].buttons] == [
            "receipt:answer",
            "receipt:dont-know",
            "receipt:add",
            "receipt:withdraw",
        ]


def test_a_wrong_code_and_one_that_never_was_get_the_same_answer(book: Book, matcher: Matcher) -> None:
    wrong = talk(book, matcher, EN).say("K7Q2-M9RD-4TXA-7WNF")
    never = talk(book, matcher, EN).say("AAAA-BBBB-CCCC-1111")
    assert wrong.text == never.text


@pytest.mark.parametrize(
    ("language", "telling"),
    [
        (EN, "the boss books flights to cambodia for the new ones and makes them pass stolen money on"),
        (HANS, "老板给新来的人买去柬埔寨的机票，让他们帮忙走账"),
        (HANT, "老闆幫新來的人買去柬埔寨的機票，叫他們幫忙轉帳"),
    ],
)
def test_what_an_insider_tells_of_others_journeys_and_money_brings_no_card_with_police_numbers(
    book: Book, matcher: Matcher, language: Language, telling: str
) -> None:
    person = talk(book, matcher, language).press("kind:insider").press("safety:only-me").say(telling)
    assert person.where() is Stage.QUESTION
    assert not set(person.session.report.dangers) & {Danger.TRAVEL, Danger.MULE, Danger.MONEY_GONE}


@pytest.mark.parametrize(
    ("language", "telling"), [(EN, "i was cheated, i paid"), (HANS, "我被骗了，转了钱"), (HANT, "我被騙了，匯了錢")]
)
def test_a_telling_that_could_be_any_scam_is_not_said_to_be_one(
    book: Book, matcher: Matcher, language: Language, telling: str
) -> None:
    person = talk(book, matcher, language).say(telling).press("money:called")
    assert person.where() is Stage.QUESTION
    assert [pattern.id for pattern in book.catalogue.by_id.values() if pattern.name[language] in person.text] == []


@pytest.mark.parametrize(
    ("language", "telling", "said"),
    [
        (EN, "he has my nudes and says he will send them to everyone unless i pay", "may be honest"),
        (HANS, "他有我的裸照 不给钱就发给我通讯录的人", "正经事"),
        (HANT, "他有我的裸照 不給錢就傳給我所有朋友", "正當的"),
    ],
)
def test_a_threat_is_never_said_to_be_perhaps_honest(
    book: Book, matcher: Matcher, language: Language, telling: str, said: str
) -> None:
    person = talk(book, matcher, language).say(telling).press("minor:adult")
    assert person.session.report.likeness == Likeness.WARN
    assert said not in person.text


def test_who_tells_of_a_danger_needs_only_a_sure_name(book: Book, matcher: Matcher) -> None:
    telling = "i sent my savings, £3,800, to someone pretending to be Amazon support"
    assert matcher.match(telling).likeness is Likeness.SIMILAR
    assert matcher.match(telling).matches[0].score >= NAMED_SURELY
    person = talk(book, matcher, EN).say(telling)
    assert person.session.report.kind is Kind.CHEATED
    assert person.press("money:called").session.report.likeness == Likeness.WARN
