"""The small language cues are written in."""

import pytest

from knowledge.danger_phrases import Lexicon, Phrase, PhraseError, fold, fragments


def phrase(source: str, **words: tuple[str, ...]) -> Phrase:
    return Lexicon(words).read(source)


def stands(source: str, text: str, **words: tuple[str, ...]) -> bool:
    folded = fold(text)
    read = phrase(source, **words)
    return read.may_stand(fragments(folded)) and any(True for _ in read.find(folded))


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("dont hang up", "He said: DON'T hang up"),
        ("goodbye everyone", "goodbye, everyone"),
        ("(mum|mom) knows", "my mom knows"),
        ("i (just |)paid", "i paid him"),
        ("i (just |)paid", "i just paid him"),
        ("codes? under", "the code under it"),
        ("any ?desk", "AnyDesk is still open"),
        ("any ?desk", "any desk is still open"),
        ("transfer* it", "transferring it"),
        ("對不起大家", "对不起 大家"),
        ("对不起大家", "對不起大家"),
        ("密码..枕头", "密码都在枕头下面"),
        ("told ... police", "told him and then after a while the police"),
        ("转了#", "转了4万8"),
        ("转了#", "轉了三千塊"),
        ("过咗#", "過咗廿萬"),
        ("sent #", "sent $4.5k"),
        ("im %", "im 14"),
        ("%周岁", "15周岁"),
        ("# gone", "20k sgd gone"),
        ("%岁", "十三歲"),
        ("keep 10 %%", "keep 10%"),
        ("^再见", "好的。再见"),
        ("can i hang up$", "can i hang up?"),
        ("<him> says", "she says"),
    ],
)
def test_a_phrase_stands_where_it_means_to(source: str, text: str) -> None:
    assert stands(source, text, him=("(he|she)",))


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("die", "diet"),
        ("paid", "unpaid"),
        ("any ?desk", "many desks"),
        ("密码..枕头", "密码写好了就放在厨房的那个大柜子里面枕头"),
        ("told ... police", "told him. The police came"),
        ("转了#", "转了两次"),
        ("%岁", "28岁"),
        ("%岁", "二十八岁"),
        ("im %", "im 140"),
        ("im %", "im 16 months in"),
        ("我%", "我15周了"),
        ("^再见", "说再见"),
        ("can i hang up$", "can i hang up now"),
    ],
)
def test_a_phrase_stands_nowhere_else(source: str, text: str) -> None:
    assert not stands(source, text)


@pytest.mark.parametrize("source", ["(a|b", "a)b", "<nowhere>", "...", "(a|)", "a (new )?home"])
def test_a_phrase_that_cannot_be_read_says_so(source: str) -> None:
    with pytest.raises(PhraseError):
        phrase(source)


def test_a_list_that_names_itself_is_refused() -> None:
    with pytest.raises(PhraseError, match="names itself"):
        phrase("<one>", one=("<two>",), two=("<one>",))


def test_where_it_begins_inside_a_word_it_is_looked_for_further_on_within_what_was_passed_over() -> None:
    assert list(phrase("he .. boss").find("the man said he is boss")) == [(13, 23)]
    assert list(phrase("12 .. paid").find("312 and 12 they paid 12 i paid")) == [(8, 20), (21, 30)]
