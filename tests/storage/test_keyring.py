"""Facts about the key files."""

import stat
from pathlib import Path

import pytest

from storage import keyring
from storage.database import Database
from storage.errors import KeyMismatch, KeyMissing, KeyUnusable
from storage.sealing import CHEAPEST
from tests.storage.conftest import Chance

CITIZENS, PUBLIC, SECRET = keyring.CITIZENS_FILE, keyring.STAFF_PUBLIC_FILE, keyring.STAFF_SECRET_FILE
RELEASES = keyring.RELEASES_FILE


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    return tmp_path / "keys"


def make(keys: Path, passphrase: str | None = None) -> list[str]:
    return [path.name for path in keyring.make_missing(keys, random=Chance(), passphrase=passphrase, cost=CHEAPEST)]


def test_a_new_installation_gets_its_keys_once(keys: Path) -> None:
    assert make(keys) == [CITIZENS, SECRET, PUBLIC, RELEASES]
    before = {path.name: path.read_bytes() for path in keys.iterdir()}
    assert make(keys) == []
    assert {path.name: path.read_bytes() for path in keys.iterdir()} == before
    assert set(before) == {CITIZENS, SECRET, PUBLIC, RELEASES}


def test_secret_keys_are_their_owners_alone(keys: Path) -> None:
    make(keys)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in keys.iterdir()}
    assert (modes[CITIZENS], modes[SECRET], stat.S_IMODE(keys.stat().st_mode)) == (0o600, 0o600, 0o700)


def test_the_two_halves_of_the_staffs_pair_belong_together(keys: Path) -> None:
    make(keys)
    sealed = keyring.load_staff_public(keys).seal(b"a telling")
    assert keyring.load_staff_secret(keys, None).open(sealed) == b"a telling"
    assert keyring.load_citizens(keys).raw != keyring.load_staff_secret(keys, None).raw


def test_a_wrapped_key_needs_its_passphrase(keys: Path) -> None:
    make(keys, "correct horse")
    sealed = keyring.load_staff_public(keys).seal(b"a telling")
    assert keyring.load_staff_secret(keys, "correct horse").open(sealed) == b"a telling"
    with pytest.raises(KeyUnusable, match="none was given"):
        keyring.load_staff_secret(keys, None)
    with pytest.raises(KeyUnusable, match="passphrase is wrong"):
        keyring.load_staff_secret(keys, "wrong")


def test_another_passphrase_wraps_the_same_key(keys: Path) -> None:
    make(keys)
    key = keyring.load_staff_secret(keys, None)
    for old, new in ((None, "first"), ("first", "second")):
        keyring.rewrap_staff_secret(keys, old=old, new=new, random=Chance(), cost=CHEAPEST)
        assert keyring.load_staff_secret(keys, new).raw == key.raw
    assert stat.S_IMODE((keys / SECRET).stat().st_mode) == 0o600
    with pytest.raises(KeyUnusable):
        keyring.rewrap_staff_secret(keys, old="wrong", new="third", random=Chance(), cost=CHEAPEST)
    assert keyring.load_staff_secret(keys, "second").raw == key.raw
    assert len(list(keys.iterdir())) == 4


def test_a_machine_with_the_public_half_alone_is_left_so(keys: Path) -> None:
    make(keys)
    (keys / SECRET).unlink()
    assert make(keys) == []
    assert not (keys / SECRET).exists()
    assert keyring.load_staff_public(keys).seal(b"a")


def test_a_lost_public_half_is_made_again_from_the_secret_one(keys: Path) -> None:
    make(keys, "correct horse")
    before = (keys / PUBLIC).read_bytes()
    (keys / PUBLIC).unlink()
    assert make(keys, "correct horse") == [PUBLIC]
    assert (keys / PUBLIC).read_bytes() == before


def test_a_missing_key_says_what_it_is_where_it_was_sought_and_what_to_do(keys: Path) -> None:
    for load, name, what in (
        (keyring.load_citizens, CITIZENS, "citizens' key"),
        (keyring.load_staff_public, PUBLIC, "staff's public key"),
        (lambda directory: keyring.load_staff_secret(directory, None), SECRET, "staff's secret key"),
    ):
        with pytest.raises(KeyMissing) as missing:
            load(keys)
        sentence = str(missing.value)
        assert what in sentence
        assert str(keys / name) in sentence
        assert "backup" in sentence


@pytest.mark.parametrize(
    "content", ["", "nonsense", "fanzha-citizens-key-1:", "fanzha-citizens-key-1:AAAA", "\0", "钥匙"]
)
def test_a_damaged_key_is_refused_by_name(keys: Path, content: str) -> None:
    make(keys)
    (keys / CITIZENS).write_text(content, encoding="utf-8")
    with pytest.raises(KeyUnusable, match="citizens' key") as refused:
        keyring.load_citizens(keys)
    assert refused.value.path == str(keys / CITIZENS)


def test_a_damaged_wrapped_key_is_refused(keys: Path) -> None:
    make(keys)
    (keys / SECRET).write_text("fanzha-staff-wrapped-key-1:AAAA\n")
    with pytest.raises(KeyUnusable, match="damaged"):
        keyring.load_staff_secret(keys, "correct horse")


def test_one_key_is_not_taken_for_another(keys: Path) -> None:
    make(keys)
    (keys / CITIZENS).write_bytes((keys / SECRET).read_bytes())
    with pytest.raises(KeyUnusable, match="another kind"):
        keyring.load_citizens(keys)


def test_a_secret_key_that_everybody_can_read_is_refused(keys: Path) -> None:
    make(keys)
    (keys / CITIZENS).chmod(0o644)
    with pytest.raises(KeyUnusable, match="chmod 600"):
        keyring.load_citizens(keys)


def test_a_database_keeps_to_the_keys_it_met_first(database: Database) -> None:
    database.write_now(lambda t: keyring.bind(t, {"citizens": "aaaa"}))
    database.write_now(lambda t: keyring.bind(t, {"citizens": "aaaa", "staff": "bbbb"}))
    assert database.read_now(keyring.bound) == {"citizens": "aaaa", "staff": "bbbb"}
    with pytest.raises(KeyMismatch) as refused:
        database.write_now(lambda t: keyring.bind(t, {"staff": "cccc"}))
    assert (refused.value.what, refused.value.expected, refused.value.found) == ("staff key", "bbbb", "cccc")
    assert database.read_now(keyring.bound) == {"citizens": "aaaa", "staff": "bbbb"}


def test_an_older_installation_gets_the_releases_key_from_its_secret_key_once(keys: Path) -> None:
    make(keys)
    before = (keys / RELEASES).read_bytes()
    (keys / RELEASES).unlink()
    secret = keyring.load_staff_secret(keys, None)
    assert [path.name for path in keyring.share_releases(keys, secret)] == [RELEASES]
    assert (keys / RELEASES).read_bytes() == before
    assert keyring.share_releases(keys, secret) == ()


def test_a_releases_key_of_another_installation_is_a_sentence(keys: Path, tmp_path: Path) -> None:
    make(keys)
    keyring.make_missing(tmp_path / "other", random=lambda length: b"o" * length, cost=CHEAPEST)
    (tmp_path / "other" / RELEASES).replace(keys / RELEASES)
    with pytest.raises(KeyUnusable, match="Delete it, and start again"):
        keyring.share_releases(keys, keyring.load_staff_secret(keys, None))
