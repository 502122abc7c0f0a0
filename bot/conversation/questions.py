"""The questions, in order, as data: only what is missing and matters is asked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.conversation import phrases
from bot.conversation.answers import AnswerKind
from bot.conversation.report import LOST, Report
from knowledge.dangers import Danger, Kind
from knowledge.observables import ObservableType

RAIL_WORDS: Mapping[str, str] = {
    "bank-transfer": "bank-transfer", "atm": "bank-transfer", "fps": "bank-transfer", "paynow": "bank-transfer",
    "zelle": "bank-transfer", "card": "card", "alipay": "wallet-app", "wechat-pay": "wallet-app",
    "paypal": "wallet-app", "gcash": "wallet-app", "upi": "wallet-app", "bizum": "wallet-app", "pix": "wallet-app",

    "crypto": "crypto", "cash": "cash", "gift-card": "gift-card",
    "transfer": "bank-transfer", "wire": "bank-transfer", "转账": "bank-transfer", "匯款": "bank-transfer",
    "過數": "bank-transfer", "bitcoin": "crypto", "usdt": "crypto", "现金": "cash", "現金": "cash",
    "微信": "wallet-app", "支付宝": "wallet-app", "支付寶": "wallet-app", "line pay": "wallet-app",
    "街口": "wallet-app", "银行": "bank-transfer", "銀行": "bank-transfer", "网银": "bank-transfer",
    "網銀": "bank-transfer", "bank": "bank-transfer", "刷卡": "card", "碌卡": "card",
    "转": "bank-transfer", "轉": "bank-transfer", "匯": "bank-transfer",
}  # fmt: skip
EXPOSURE_WORDS: Mapping[str, str] = {
    "nothing": "nothing", "没有": "nothing", "沒有": "nothing", "neither": "nothing", "no": "nothing",
    "not": "nothing", "haven't": "nothing", "didn't": "nothing", "冇": "nothing",
    "没付": "nothing", "没转": "nothing", "没给": "nothing", "没点": "nothing",
    "沒付": "nothing", "沒匯": "nothing", "沒轉": "nothing", "沒給": "nothing", "沒點": "nothing",
    "paid": "paid", "付了": "paid", "转了": "paid", "轉了": "paid", "匯了": "paid", "過咗數": "paid",
    "password": "given", "code": "given", "密码": "given", "密碼": "given", "验证码": "given", "驗證碼": "given",
}  # fmt: skip
LEAVE_WORDS: Mapping[str, str] = {
    "能走": "yes", "可以走": "yes", "走得了": "yes", "走得到": "yes",
    "i can leave": "yes", "yes i can leave": "yes", "i can leave anytime": "yes",
    "不能走": "no", "走不了": "no", "走不掉": "no", "出不去": "no", "走唔到": "no",
    "i can't leave": "no", "i cant leave": "no", "no way out": "no",
}  # fmt: skip
FLOW_WORDS: Mapping[str, str] = {
    "came": "came-in", "in": "came-in", "进": "came-in", "入": "came-in", "sent": "went-out", "out": "went-out",
    "转出": "went-out", "轉出": "went-out", "no": "none", "没": "none", "沒": "none", "冇": "none",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Question:
    """`missing` says whether the report still lacks it; `optional` ones are asked only from the menu of changes.

    One that is not `essential` is left out after a full telling: the review invites it all the same.
    """

    id: str
    text: str
    kind: AnswerKind
    kinds: frozenset[Kind]
    missing: Callable[[Report], bool]
    choices: tuple[str, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    example: str | None = None
    optional: bool = False
    essential: bool = True


FULL_TELLING = 80
"""The size from which a telling has said the most of it."""


def size(text: str) -> int:
    """How much a text says: a Chinese character counts for two letters."""
    return sum(2 if character >= "\u2e80" else 1 for character in text)


def _lacks(*types: ObservableType) -> Callable[[Report], bool]:
    return lambda report: not report.facts_of(*types)


def _never(_: Report) -> bool:
    return False


def _money_unclear(report: Report) -> bool:
    return Danger.MONEY_GONE not in report.dangers


def _money_gone(report: Report) -> bool:
    return Danger.MONEY_GONE in report.dangers


def _short(report: Report) -> bool:
    return size(report.telling) < FULL_TELLING


def _outside_and_short(report: Report) -> bool:
    """Whoever is held themselves is asked nothing."""
    return not report.is_inside and _short(report)


_TELLS_THE_RAIL = (
    ObservableType.ACCOUNT,
    ObservableType.IBAN,
    ObservableType.BANK,
)

QUESTIONS: tuple[Question, ...] = (
    Question(
        LOST, phrases.ASK_MONEY_LEFT, AnswerKind.CHOICE, frozenset({Kind.CHEATED}), _money_unclear,
        choices=("paid", "given", "nothing"), words=EXPOSURE_WORDS,
    ),
    Question(
        "amount", phrases.ASK_AMOUNT, AnswerKind.AMOUNT, frozenset({Kind.CHEATED}),
        lambda report: _money_gone(report) and _lacks(ObservableType.AMOUNT)(report), example=phrases.EXAMPLE_AMOUNT,
    ),
    Question(
        "when", phrases.ASK_WHEN, AnswerKind.MOMENT, frozenset({Kind.CHEATED}),
        lambda report: _money_gone(report) and _lacks(ObservableType.MOMENT)(report), example=phrases.EXAMPLE_WHEN,
        essential=False,
    ),
    Question(
        "rail", phrases.ASK_RAIL, AnswerKind.CHOICE, frozenset({Kind.CHEATED}),
        lambda report: _money_gone(report) and not (report.rails or report.facts_of(*_TELLS_THE_RAIL)),
        choices=("bank-transfer", "card", "wallet-app", "crypto", "cash", "gift-card"), words=RAIL_WORDS,
        essential=False,
    ),
    Question("held-place", phrases.ASK_HELD_PLACE, AnswerKind.TEXT, frozenset({Kind.HELD}), _outside_and_short),
    Question(
        "can-leave", phrases.ASK_CAN_LEAVE, AnswerKind.YES_NO, frozenset({Kind.INSIDER}), lambda _: True,
        choices=("yes", "no"), words=LEAVE_WORDS,
    ),
    Question("insider-what", phrases.ASK_INSIDER_WHAT, AnswerKind.TEXT, frozenset({Kind.INSIDER}), _short),
    Question(
        "mule-flow", phrases.ASK_MULE_FLOW, AnswerKind.CHOICE, frozenset({Kind.MULE}), lambda _: True,
        choices=("came-in", "went-out", "none"), words=FLOW_WORDS,
    ),
    Question("payee", phrases.ASK_PAYEE, AnswerKind.TEXT, frozenset({Kind.CHEATED}), _never, optional=True),
    Question("contact", phrases.ASK_CONTACT, AnswerKind.TEXT, frozenset(Kind), _never, optional=True),
)  # fmt: skip

BY_ID: Mapping[str, Question] = {question.id: question for question in QUESTIONS}

# A full telling leaves one question at most, so that card, question and "submit" are three taps.
MOST_WHEN_FULL = 1
MOST = 3


def next_question(report: Report, asked: tuple[str, ...]) -> Question | None:
    """The first question that is missing and was not asked yet; None when enough was asked."""
    is_full = size(report.telling) >= FULL_TELLING
    if len(asked) >= (MOST_WHEN_FULL if is_full else MOST):
        return None
    for question in QUESTIONS:
        if question.optional or (is_full and not question.essential):
            continue
        if question.id in asked or question.id in report.answers:
            continue
        if report.kind in question.kinds and question.missing(report):
            return question
    return None
