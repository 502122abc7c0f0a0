"""Reads numbers as people write them: 4万8, 一百二十万, 三千五, 1.2 million, two hundred."""

import re
from decimal import Decimal

ARABIC = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{1,2})?|[0-9]{1,12}(?:\.[0-9]{1,8})?)(?![0-9]|[.,][0-9])"
# A figure, then at least one unit; a figure after the last unit is a tenth of it (4万8).
CHINESE = (
    r"(?:[廿卅][一二三四五六七八九]?(?:多|余)?[万亿]?|(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,8}(?:\.[0-9]{1,4})?|[一二两三四五六七八九十])"
    r"(?:[零〇]?(?:[0-9]{1,4}|[一二两三四五六七八九])?(?:多|余)?[十百千万亿廿卅]){1,8}"
    r"(?:[零〇]?(?:(?:[0-9],[0-9]{3}|[0-9]{1,4})(?![0-9.,:%])|[一二两三四五六七八九]))?)"
)
CHINESE_SMALL = "[一二两三四五六七八九十]"
_ONES = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|"
    "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
)
ENGLISH = rf"\b(?:{_ONES}|a|half a)(?:[ -](?:{_ONES}|hundred|thousand|grand|million|and)){{1,7}}\b"


def read_chinese(written: str) -> Decimal | None:
    """The number, from digits of either kind and units, in simplified script; None where it is none."""
    total = section = Decimal(0)
    figure: Decimal | None = None
    unit = Decimal(1)
    for part in re.findall(r"[0-9][0-9,]*(?:\.[0-9]+)?|.", written):
        if part in _TENS and figure is None:
            section, unit = section + _TENS[part], Decimal(10)
        elif part in _UNITS:
            unit = _UNITS[part]
            if unit >= 10_000:
                total = (
                    (total + section + (figure or 0)) * unit
                    if unit > 10_000
                    else total + (section + (figure or 0)) * unit
                )
                section = Decimal(0)
            else:
                section += (1 if figure is None else figure) * unit
            figure = None
        elif part in "多余":
            continue
        elif part in "零〇":
            unit = Decimal(1)
        elif figure is not None:
            return None
        else:
            figure = Decimal(part.replace(",", "")) if part[0].isdecimal() else _DIGITS[part]
    if figure is not None:
        # 三千五 is 3,500; 一万零五 and 12万300 say all their digits.
        section += figure * unit / 10 if unit >= 100 and figure < 10 and figure == int(figure) else figure
    return total + section


def read_english(written: str) -> Decimal | None:
    """The number a few English words say; None where they say none."""
    total = section = Decimal(0)
    for word in re.split("[ -]", written):
        if word in _SCALES:
            section = (section or Decimal(1)) * _SCALES[word]
            if _SCALES[word] >= 1000:
                total, section = total + section, Decimal(0)
        elif word == "half":
            section = Decimal("0.5")
        elif word in _WORDS:
            section += _WORDS[word]
    return total + section or None


_DIGITS = {
    digit: Decimal(value) for digit, value in zip("一二两三四五六七八九", (1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True)
}
_UNITS = {"十": Decimal(10), "百": Decimal(100), "千": Decimal(1000), "万": Decimal(10_000), "亿": Decimal(100_000_000)}
_TENS = {"廿": Decimal(20), "卅": Decimal(30)}
_SCALES = {"hundred": Decimal(100), "thousand": Decimal(1000), "grand": Decimal(1000), "million": Decimal(1_000_000)}
_VALUES = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 15, 20, 30, 40, 50, 60, 70, 80, 90)
_WORDS = dict(zip(_ONES.split("|"), map(Decimal, _VALUES), strict=True))
