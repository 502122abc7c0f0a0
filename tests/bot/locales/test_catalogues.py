"""Finding the words: by language, by place, compiled or from the sources, and English where there are none."""

from importlib.resources import files
from pathlib import Path

import pytest

from bot.locales import Catalogues
from bot.locales.build import compile_translation
from bot.locales.sources import DOMAINS, check, po_file, pot_file, update
from knowledge.language import Language

ROOT = Path(__file__).parents[3]

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'


def write(folder: Path, locale: str, **sentences: str) -> Path:
    """A catalogue of the domain `fanzha` with these translations."""
    path = folder / locale / "LC_MESSAGES" / "fanzha.po"
    path.parent.mkdir(parents=True)
    entries = "\n".join(f'msgid "{english}"\nmsgstr "{other}"\n' for english, other in sentences.items())
    path.write_text(HEADER + entries, encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, "zh_Hans", Transfer="转账", Account="账户")
    write(tmp_path, "zh_Hant", Transfer="匯款", Account="帳戶")
    write(tmp_path, "zh_Hant_HK", Transfer="過數")
    return tmp_path


@pytest.mark.parametrize(
    ("language", "country", "words"),
    [
        (Language.EN, None, ["Transfer", "Account"]),
        (Language.EN, "HK", ["Transfer", "Account"]),
        (Language.ZH_HANS, "TW", ["转账", "账户"]),
        (Language.ZH_HANT, None, ["匯款", "帳戶"]),
        (Language.ZH_HANT, "TW", ["匯款", "帳戶"]),
        (Language.ZH_HANT, "HK", ["過數", "帳戶"]),
        (Language.ZH_HANT, "MO", ["過數", "帳戶"]),
    ],
)
def test_words_are_those_of_the_language_and_the_place(
    folder: Path, language: Language, country: str | None, words: list[str]
) -> None:
    translate = Catalogues.load(folder=folder).translator(language, country)
    assert [translate("Transfer"), translate("Account")] == words


def test_a_sentence_without_a_translation_stays_english(folder: Path) -> None:
    assert Catalogues.load(folder=folder).translator(Language.ZH_HANS)("New sentence") == "New sentence"


def test_without_any_catalogue_everything_is_english(tmp_path: Path) -> None:
    assert Catalogues.load(folder=tmp_path).translator(Language.ZH_HANT, "HK")("Transfer") == "Transfer"


def test_compiled_catalogues_say_the_same_as_their_sources(folder: Path) -> None:
    for source in list(folder.rglob("*.po")):
        compile_translation(source)
        source.unlink()
    translate = Catalogues.load(folder=folder).translator(Language.ZH_HANT, "HK")
    assert [translate("Transfer"), translate("Account")] == ["過數", "帳戶"]


def test_beside_its_source_an_old_compiled_catalogue_is_not_read(folder: Path) -> None:
    source = folder / "zh_Hans" / "LC_MESSAGES" / "fanzha.po"
    compile_translation(source)
    source.write_text(source.read_text(encoding="utf-8").replace("转账", "汇款"), encoding="utf-8")
    assert Catalogues.load(folder=folder).translator(Language.ZH_HANS)("Transfer") == "汇款"


def test_a_damaged_catalogue_stops_the_build_and_leaves_the_last_good_one(folder: Path) -> None:
    source = folder / "zh_Hans" / "LC_MESSAGES" / "fanzha.po"
    compiled = compile_translation(source).read_bytes()
    source.write_text(HEADER + 'msgid "Transfer"\nmsgstr "转账\nthis is no catalogue\n', encoding="utf-8")
    with pytest.raises(Exception, match="misformatted keyword on 5"):
        compile_translation(source)
    assert source.with_suffix(".mo").read_bytes() == compiled


def test_every_sentence_in_the_sources_is_translated_and_no_other() -> None:
    assert check(ROOT) == ()


def test_every_domain_has_its_catalogues_in_the_package() -> None:
    folder = files("bot.locales")
    for domain in DOMAINS:
        for locale in ("zh_Hans", "zh_Hant"):
            assert (folder / locale / "LC_MESSAGES" / f"{domain}.po").is_file()


def test_an_update_brings_in_what_is_new_takes_out_what_is_gone_and_then_changes_nothing(tmp_path: Path) -> None:
    source = tmp_path / "bot" / "conversation" / "phrases.py"
    source.parent.mkdir(parents=True)
    source.write_text('A = N_("Kept")\nB = N_("Gone")\n', encoding="utf-8")
    update(tmp_path)
    written = po_file(tmp_path, "zh_Hans", "fanzha")
    written.write_text(written.read_text().replace('msgid "Kept"\nmsgstr ""', 'msgid "Kept"\nmsgstr "留"'))
    source.write_text('A = N_("Kept")\nC = N_("New")\n', encoding="utf-8")
    assert set(update(tmp_path)) == {
        pot_file(tmp_path, "fanzha"),
        *(po_file(tmp_path, locale, "fanzha") for locale in ("zh_Hans", "zh_Hant")),
    }
    text = written.read_text(encoding="utf-8")
    assert 'msgstr "留"' in text
    assert "Gone" not in text
    assert [fault.sentence for fault in check(tmp_path) if fault.file == written] == ["New"]
    assert update(tmp_path) == ()
