"""What is learned from a confirmed telling holds nobody's name, and still holds how the scam went."""

from dataclasses import replace

import pytest

from bot.services.nameless import without_names
from bot.services.tipbox import BoxedObservable, TipBox
from tests.bot.services.learning_house import boxed


@pytest.mark.parametrize(
    ("telling", "name"),
    [
        ("She sent me to her teacher, one Zhang Weimin, and I paid 500 pounds", "Zhang Weimin"),
        ("Officer John Oakley said my bank card was used for money laundering", "John Oakley"),
        ("他说他叫张伟民，是平台的客服，让我转账", "张伟民"),
        ("收款人：王小明，建行，我转了三万", "王小明"),
        ("戶名林志豪，要我匯訂金才寄貨", "林志豪"),
        ("加了他微信 zhang_wm_88 之后让我刷单", "zhang_wm_88"),
        ("write to refunds@fast-refund.top to get it back", "refunds@fast-refund.top"),
        ("让我打 +86 138 1234 5678 联系退款专员", "138 1234 5678"),
    ],
)
def test_whoever_is_named_is_left_out(telling: str, name: str) -> None:
    learned = without_names(boxed(telling))
    assert name not in learned
    for word in name.split():
        assert word not in learned


@pytest.mark.parametrize(
    "telling",
    [
        "The bank's fraud team called and told me to move 4,800 pounds to a safe account",
        "客服叫我转账，说要关掉金条，不然影响征信",
        "他让我下载会议软件，共享屏幕，再输入验证码",
        "一個投資群組的老師帶我買股票，出金要先繳保證金",
        "PayPal says I must pay with gift cards. Then Western Union",
    ],
)
def test_how_it_went_stays_whole(telling: str) -> None:
    assert without_names(boxed(telling)) == telling


def test_a_payee_named_in_an_answer_is_left_out_of_the_telling() -> None:
    box = replace(boxed("I paid tsukino yamazakura for tickets"), answers={"payee": "Tsukino, tsukino yamazakura"})
    assert "yamazakura" not in without_names(box)


def test_a_word_of_the_answer_takes_nothing_out_of_a_longer_one() -> None:
    box = replace(boxed("He told me a story and I paid Annan"), answers={"payee": "to old Ann at a shop"})
    assert without_names(box) == "He told me a story and I paid Annan"


@pytest.mark.parametrize(("start", "end"), [(-5, 3), (-9, -2), (3, 1), (500, 900), (0, 10**9)])
@pytest.mark.parametrize("kind", ["handle", "bank"])
def test_a_box_that_points_beside_its_text_is_read_all_the_same(kind: str, start: int, end: int) -> None:
    seen = BoxedObservable(kind, "x", "x", start, end, checked=True)
    assert len(without_names(TipBox(("I paid a man",), "en", "cheated", observables=(seen,)))) <= 12
