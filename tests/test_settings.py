"""The settings: each documented, each refused with a sentence where it cannot be used."""

import re
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.app.retaining import retention
from bot.settings import Settings, SettingsError, read_settings, variable
from storage.retention import Retention

DOCUMENT = Path(__file__).parents[1] / "docs" / "settings.md"


def documented() -> dict[str, tuple[str, str]]:
    """Default and meaning of each variable in the document's table."""
    rows = re.findall(r"^\| `(FANZHA_\w+)` \| (.*?) \| (.*?) \|$", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE)
    return {name: (default, meaning) for name, default, meaning in rows}


def shown(default: object) -> str:
    if default is None or default == ():
        return "none"
    return f"`{default}`"


def test_every_setting_is_documented_with_its_default_and_its_meaning() -> None:
    declared = {
        variable(name): (shown(field.default), field.description or "") for name, field in Settings.model_fields.items()
    }
    assert documented() == declared


def test_without_any_setting_both_faces_are_on_this_machine_under_two_host_names() -> None:
    settings = read_settings()
    assert settings.citizens_address == "http://127.0.0.1:8080/"
    assert settings.console_address == "http://localhost:8081/"
    assert settings.citizens_hosts == ("127.0.0.1",)
    assert settings.console_hosts == ("localhost",)


def test_what_is_kept_how_long_is_said_once() -> None:
    assert retention(Settings()) == Retention()


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("FANZHA_CITIZENS_PORT", "eighty", "FANZHA_CITIZENS_PORT cannot be used: input should be a valid integer"),
        ("FANZHA_CONSOLE_PORT", "0", "FANZHA_CONSOLE_PORT cannot be used: input should be greater than or equal to 1"),
        ("FANZHA_CITIZENS_URL", "ftp://x/", "FANZHA_CITIZENS_URL cannot be used: it must look like https://name/"),
        ("FANZHA_CITIZENS_URL", "https://x/path", "FANZHA_CITIZENS_URL cannot be used: it must look like"),
        ("FANZHA_TELEGRAM_API", "api.telegram.org", "FANZHA_TELEGRAM_API cannot be used: it must look like https://"),
        ("FANZHA_WEBHOOK_SECRET", "short", "FANZHA_WEBHOOK_SECRET cannot be used: it must be 16 to 256 letters"),
        ("FANZHA_BURST_SECONDS", "60", "FANZHA_BURST_SECONDS cannot be used: input should be less than or equal to 10"),
        ("FANZHA_DATABASE_URL", "sqlite:///x", "FANZHA_DATABASE_URL cannot be used: it must look like postgresql://"),
        ("FANZHA_DATABASE_URL", "postgresql://h/", "FANZHA_DATABASE_URL cannot be used: it must look like postgresql:"),
        ("FANZHA_DATABASE_URL", "postgresql://a:b@[x/y", "FANZHA_DATABASE_URL cannot be used: "),
        ("FANZHA_DESK_DIGEST", "8:30", "FANZHA_DESK_DIGEST cannot be used: it must look like 08:30"),
        ("FANZHA_DESK_TIME_ZONE", "Mars", "FANZHA_DESK_TIME_ZONE cannot be used: it must be the name of a time zone"),
        ("FANZHA_LOG_LEVEL", "chatty", "FANZHA_LOG_LEVEL cannot be used: input should be 'debug', 'info'"),
    ],
)
def test_a_wrong_value_is_refused_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, sentence: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as refused:
        read_settings()
    assert str(refused.value).startswith(sentence)


def test_every_wrong_value_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FANZHA_CITIZENS_PORT", "x")
    monkeypatch.setenv("FANZHA_KEEP_DECIDED_DAYS", "-1")
    with pytest.raises(SettingsError) as refused:
        read_settings()
    assert [line.split()[0] for line in str(refused.value).splitlines()] == [
        "FANZHA_CITIZENS_PORT",
        "FANZHA_KEEP_DECIDED_DAYS",
    ]


def test_lists_are_written_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FANZHA_TRUSTED_PROXIES", "10.0.0.1, 10.0.0.2,")
    assert read_settings().trusted_proxies == ("10.0.0.1", "10.0.0.2")


def test_an_empty_variable_is_one_that_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FANZHA_CITIZENS_PORT", "")
    assert read_settings().citizens_port == 8080


def test_no_secret_is_in_the_settings_printed() -> None:
    settings = Settings(
        staff_passphrase=SecretStr("correct horse"),
        desk_token=SecretStr("123:abc"),
        database_url=SecretStr("postgresql://anna:s3cret@host/name"),
    )
    assert "s3cret" not in repr(settings)
    assert "correct horse" not in repr(settings)
    assert "123:abc" not in repr(settings)


def test_the_passphrase_is_the_first_line_of_its_file(tmp_path: Path) -> None:
    file = tmp_path / "passphrase"
    file.write_bytes("口令 four words\r\nnot this\n".encode())
    assert Settings(staff_passphrase_file=file).passphrase() == "口令 four words"


def test_a_passphrase_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"FANZHA_STAFF_PASSPHRASE_FILE: .*gone cannot be read"):
        Settings(staff_passphrase_file=tmp_path / "gone").passphrase()
