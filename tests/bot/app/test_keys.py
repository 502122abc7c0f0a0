"""Keys: made once, where they belong, and never in place of others."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.app.faults import Fault
from bot.app.fingerprints import proved_fingerprints, public_fingerprints
from bot.app.keys import has_no_keys, make_keys
from bot.app.parts import open_public, open_staff
from bot.app.preparing import prepare
from bot.settings import Settings
from storage.errors import KeyMismatch, KeyMissing, KeyUnusable
from storage.sealing import CHEAPEST


@dataclass
class Chance:
    """Different every time, the same in every run."""

    drawn: int = 0

    def __call__(self, length: int) -> bytes:
        self.drawn += 1
        return hashlib.shake_256(bytes([self.drawn])).digest(length)


def test_a_new_home_gets_its_keys_with_a_warning_to_back_them_up(settings: Settings) -> None:
    notices = prepare(settings, may_make_keys=True)
    secret = settings.keys / "staff.key"
    assert secret.stat().st_mode & 0o777 == 0o600
    assert str(secret) in notices[0]
    assert "Back up" in notices[0]


def test_started_again_nothing_is_made_and_nothing_is_said(settings: Settings) -> None:
    prepare(settings, may_make_keys=True)
    before = public_fingerprints(settings)
    assert prepare(settings, may_make_keys=True) == ()
    assert public_fingerprints(settings) == before


def test_part_of_a_deployment_makes_no_keys_of_its_own(settings: Settings) -> None:
    prepare(settings, may_make_keys=False)
    assert has_no_keys(settings)
    with pytest.raises(KeyMissing, match="citizens' key is missing"), open_public(settings):
        pass


def test_an_older_installation_gets_the_key_that_proves_releases_when_its_staff_side_starts(settings: Settings) -> None:
    prepare(settings, may_make_keys=True)
    releases = settings.keys / "releases.pub"
    before = releases.read_bytes()
    releases.unlink()
    with open_public(settings), open_staff(settings):
        assert releases.read_bytes() == before


def test_keys_lost_since_the_database_met_them_are_not_replaced(settings: Settings) -> None:
    prepare(settings, may_make_keys=True)
    with open_public(settings), open_staff(settings):
        pass
    for file in settings.keys.iterdir():
        file.unlink()
    assert prepare(settings, may_make_keys=True) == ()
    assert has_no_keys(settings)


def test_other_keys_than_the_databases_are_refused(settings: Settings) -> None:
    prepare(settings, may_make_keys=True)
    with open_public(settings):
        pass
    (settings.keys / "citizens.key").unlink()
    make_keys(settings, random=Chance())
    with pytest.raises(KeyMismatch, match="citizens key does not belong to this database"), open_public(settings):
        pass


def test_the_public_side_works_without_the_staffs_secret_key(settings: Settings) -> None:
    prepare(settings, may_make_keys=True)
    (settings.keys / "staff.key").unlink()
    with open_public(settings) as parts:
        assert parts.staff.seal(b"told")


def test_the_staffs_key_is_put_apart_where_that_is_set(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home", staff_keys=tmp_path / "staff")
    make_keys(settings, random=Chance())
    assert sorted(file.name for file in settings.keys.iterdir()) == ["citizens.key", "releases.pub", "staff.pub"]
    assert (tmp_path / "staff" / "staff.key").stat().st_mode & 0o777 == 0o600
    assert (settings.keys / "citizens.key").stat().st_mode & 0o777 == 0o600
    proved = proved_fingerprints(settings)
    # The desk's key is made of the staff's: it is proved without a file of its own.
    assert proved.pop("desk")
    assert proved == public_fingerprints(settings)
    with pytest.raises(Fault, match="There are keys already"):
        make_keys(settings, random=Chance())


def test_with_a_passphrase_the_key_opens_by_it_alone(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, staff_passphrase=SecretStr("four words and a half"))
    make_keys(settings, random=Chance(), cost=CHEAPEST)
    assert b"wrapped" in (settings.keys / "staff.key").read_bytes()
    with open_staff(settings):
        pass
    with pytest.raises(KeyUnusable, match="passphrase is wrong"):
        proved_fingerprints(Settings(home=tmp_path, staff_passphrase=SecretStr("another")))
    with pytest.raises(KeyUnusable, match="none was given"), open_staff(Settings(home=tmp_path)):
        pass
