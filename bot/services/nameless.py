"""A confirmed telling without whom it names, before it is learned from: one who was accused must not become a word that
warns, however many tell of them.

What points at somebody (numbers, accounts, links, handles, the payee in an answer) is known from the box. Other names
are seen by how they are written or brought in, not by a list of people; what is taken for one by mistake teaches a
little less and harms nobody.
"""

import re
from collections.abc import Iterator

from bot.services.tipbox import TipBox
from knowledge.observables import ObservableType

_WORDS_OF_SCAMS = frozenset(
    {
        ObservableType.AMOUNT,
        ObservableType.MOMENT,
        ObservableType.RAIL,
        ObservableType.PLATFORM,
        ObservableType.BANK,
    }
)
"""How much, when and through which service is part of how a scam goes; everything else points at somebody."""
_GAP = " … "
_SURNAMES = (
    "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何高林罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭曾肖蕭田董袁潘于蒋蔣"
    "蔡余杜叶葉程苏蘇魏吕呂丁任沈姚卢盧姜崔钟鐘谭譚陆陸汪范石廖贾賈夏韦韋付方白邹鄒孟熊秦邱江尹薛闫閻段雷侯龙龍史陶"
    "黎贺賀顾顧毛郝龚龔邵万萬钱錢严嚴覃武戴莫孔向汤湯"
)
_LATIN = re.compile(r"(?<=[^\s.!?:;\"“])[ ,]+(?P<name>[A-Z][a-z]+(?:[ -][A-Z][a-z]+){1,3})(?![\w])")
_TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr|Officer|Agent|Inspector)\.? (?P<name>[A-Z][a-z]+(?: [A-Z][a-z]+){0,2})")
_CHINESE = re.compile(
    rf"(?:叫做?|名叫|姓名(?:是|叫)?|名字(?:是|叫)?|户名|戶名|收款人|开户人|開戶人|持卡人|联系人|聯絡人)[:\uff1a\s]*"
    rf"(?P<name>[{_SURNAMES}][\u4e00-\u9fff]{{1,2}})"
)


def without_names(box: TipBox) -> str:
    """The telling, with a gap where somebody is named."""
    text, gaps = box.text, [False] * len(box.text)
    for start, end in _named(box):
        _mark(gaps, start, end, is_gap=True)
    for seen in box.observables:
        if seen.type in _WORDS_OF_SCAMS:
            _mark(gaps, seen.start, seen.end, is_gap=False)
    kept = [
        _GAP if is_gap and not (at and gaps[at - 1]) else "" if is_gap else text[at] for at, is_gap in enumerate(gaps)
    ]
    return "".join(kept)


def _mark(gaps: list[bool], start: int, end: int, *, is_gap: bool) -> None:
    # A box was made by the citizens' side: where something stands in it is told, and may lie anywhere.
    for at in range(max(start, 0), min(end, len(gaps))):
        gaps[at] = is_gap


def _named(box: TipBox) -> Iterator[tuple[int, int]]:
    for seen in box.observables:
        if seen.type not in _WORDS_OF_SCAMS:
            yield seen.start, seen.end
    for word in re.findall(r"[A-Za-z][\w'-]{2,}|[\u4e00-\u9fff]{2,}", box.answers.get("payee", "")):
        # A Latin word is no part of a longer one; Chinese has no such edges.
        edge = r"\b" if word[0].isascii() else ""
        for found in re.finditer(f"{edge}{re.escape(word)}{edge}", box.text):
            yield found.span()
    for pattern in (_LATIN, _TITLED, _CHINESE):
        for found in pattern.finditer(box.text):
            yield found.span("name")
