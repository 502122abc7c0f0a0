"""What the style sheet promises to eyes and browsers."""

import re
from importlib.resources import files

import pytest

SHEETS = {
    sheet.name: sheet.read_text(encoding="utf-8")
    for sheet in (files("bot.web") / "static").iterdir()
    if sheet.name.endswith(".css")
}
CSS = "\n".join(SHEETS.values())
ON_PAGES = ("--paper", "--surface", "--sunken")
TEXTS = [
    *((text, ground) for text in ("--ink", "--ink-soft", "--teal-ink", "--red-ink") for ground in ON_PAGES),
    ("--on-teal", "--teal"),
    ("--on-teal", "--teal-hover"),
    ("--on-red", "--red"),
    ("--on-red", "--red-hover"),
    ("--ink", "--mark-wash"),
    ("--teal-ink", "--mark-wash"),
    ("--paper", "--ink"),
    *((text, f"--{tone}-wash") for tone in ("teal", "amber", "red", "green") for text in ("--ink", f"--{tone}-ink")),
    *(("--ink-soft", f"--{tone}-wash") for tone in ("teal", "amber", "red")),
]
EDGES = [("--line-strong", ground) for ground in ON_PAGES] + [("--focus", ground) for ground in ON_PAGES]


TOKENS = re.findall(r"(--[\w-]+): var\(--light, (#[0-9a-f]{6})\) var\(--dark, (#[0-9a-f]{6})\);", SHEETS["tokens.css"])
LIGHT = {name: light for name, light, _ in TOKENS}
DARK = {name: dark for name, _, dark in TOKENS}


def luminance(colour: str) -> float:
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_measured_as_the_guidelines_do() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXTS)
def test_every_text_stands_out_from_its_ground(theme: dict[str, str], text: str, ground: str) -> None:
    assert contrast(theme[text], theme[ground]) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_the_edge_of_a_field_and_the_focus_stand_out(theme: dict[str, str], edge: str, ground: str) -> None:
    assert contrast(theme[edge], theme[ground]) >= 3


def test_colours_stand_in_one_style_sheet() -> None:
    for name, sheet in SHEETS.items():
        coloured = re.findall(
            r"#[0-9a-f]{3,8}\b(?=[;\s,)])|\brgba?\(", re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
        )
        assert name == "tokens.css" or coloured == [], name


def test_the_style_sheet_loads_nothing_from_anywhere() -> None:
    assert "url(" not in CSS
    assert "@import" not in CSS


def test_every_class_used_in_a_template_has_a_style() -> None:
    styled = set(re.findall(r"\.([a-z][\w-]*)", CSS))
    used: set[str] = set()
    for package in ("bot.web", "bot.staff"):
        for template in (files(package) / "templates").iterdir():
            for names in re.findall(r'class="([^"]*)"', template.read_text(encoding="utf-8")):
                used |= {name for name in re.sub(r"{[%{].*?[%}]}", " ", names).split() if name.isascii()}
    assert used - styled == set()
