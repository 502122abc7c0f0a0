"""Facts about staff accounts, one-time links and web sessions."""

from datetime import datetime, timedelta
from hashlib import sha256

import pytest

from storage import accounts, signins, tables
from storage.accounts import Role
from storage.database import Database, Transaction
from storage.errors import AlreadyExists, Expired, LockedOut, NotFound, Undecipherable
from storage.sealing import StaffSecretKey
from tests.storage.conftest import HOUR, NOW, Chance

MINUTE = timedelta(minutes=1)
KEY = StaffSecretKey(bytes(range(32, 64)))


def invite(database: Database, chance: Chance, account: str = "wei") -> str:
    return database.write_now(lambda t: signins.invite(t, KEY, account, "enrol", random=chance, now=NOW))


def use_invite(database: Database, token: str, now: datetime = NOW) -> signins.Invite:
    return database.write_now(lambda t: signins.use_invite(t, KEY, token, now=now))


def open_session(database: Database, chance: Chance, stage: str = "open") -> str:
    return database.write_now(lambda t: signins.open_session(t, KEY, "wei", stage, random=chance, now=NOW))


def use(database: Database, token: str, now: datetime = NOW) -> signins.SignIn:
    return database.write_now(lambda t: signins.use_session(t, KEY, token, now=now))


def fail(database: Database, now: datetime = NOW) -> datetime | None:
    return database.write_now(lambda t: accounts.note_failure(t, "wei", now=now))


def test_an_account_is_not_ready_before_passphrase_and_one_time_code(
    database: Database, reviewer: str, staff: StaffSecretKey
) -> None:
    def is_ready() -> bool:
        return database.read_now(lambda t: accounts.get(t, reviewer)).is_ready

    assert not is_ready()
    database.write_now(lambda t: accounts.set_passphrase(t, reviewer, "$argon2id$..."))
    assert not is_ready()
    database.write_now(lambda t: accounts.set_totp(t, staff, reviewer, "SECRET"))
    assert is_ready()
    database.write_now(lambda t: accounts.disable(t, reviewer, now=NOW))
    assert not is_ready()
    database.write_now(lambda t: accounts.enable(t, reviewer))
    assert is_ready()
    database.write_now(lambda t: accounts.forget_credentials(t, reviewer))
    assert not is_ready()


def test_a_name_is_one_account_however_it_is_written(database: Database, reviewer: str) -> None:
    with pytest.raises(AlreadyExists):
        database.write_now(lambda t: accounts.create(t, "WEI", Role.EDITOR, now=NOW))
    assert database.read_now(lambda t: accounts.get(t, "Wei")).role is Role.REVIEWER
    with pytest.raises(NotFound):
        database.read_now(lambda t: accounts.get(t, "ana"))


@pytest.mark.parametrize("name", ["", "a b", "x" * 41, "韦", "a/b", "<b>"])
def test_an_odd_name_is_refused(database: Database, name: str) -> None:
    with pytest.raises(ValueError, match="staff name"):
        database.write_now(lambda t: accounts.create(t, name, Role.EDITOR, now=NOW))


def test_accounts_are_listed_by_name_and_change_their_roles(database: Database, reviewer: str) -> None:
    database.write_now(lambda t: accounts.create(t, "ana", Role.AUDITOR, now=NOW))
    database.write_now(lambda t: accounts.set_role(t, "ana", Role.SUPERVISOR))
    listed = database.read_now(accounts.list_all)
    assert [(account.name, account.role) for account in listed] == [("ana", Role.SUPERVISOR), ("wei", Role.REVIEWER)]


def test_the_secret_of_one_time_codes_lies_encrypted_and_bound_to_its_account(
    database: Database, reviewer: str, staff: StaffSecretKey
) -> None:
    database.write_now(lambda t: accounts.create(t, "ana", Role.REVIEWER, now=NOW))
    assert database.read_now(lambda t: accounts.totp_secret(t, staff, reviewer)) is None
    database.write_now(lambda t: accounts.set_totp(t, staff, reviewer, "SECRET"))
    assert database.read_now(lambda t: accounts.totp_secret(t, staff, reviewer)) == "SECRET"

    def move(t: Transaction) -> None:
        row = t.session.get_one(tables.Account, reviewer)
        assert row.totp is not None
        assert b"SECRET" not in row.totp
        t.session.get_one(tables.Account, "ana").totp = row.totp

    database.write_now(move)
    with pytest.raises(Undecipherable):
        database.read_now(lambda t: accounts.totp_secret(t, staff, "ana"))


def test_a_one_time_code_works_once_and_no_earlier_one_after_it(database: Database, reviewer: str) -> None:
    database.write_now(lambda t: accounts.use_totp_step(t, reviewer, 100))
    for step in (100, 99):
        with pytest.raises(Expired):
            database.write_now(lambda t, step=step: accounts.use_totp_step(t, reviewer, step))  # type: ignore[misc] # mypy cannot infer a lambda with a default
    database.write_now(lambda t: accounts.use_totp_step(t, reviewer, 101))


def test_failed_sign_ins_lock_the_account_longer_and_longer(database: Database, reviewer: str) -> None:
    assert [fail(database) for _ in range(4)] == [None] * 4
    database.read_now(lambda t: accounts.check_not_locked(t, reviewer, now=NOW))
    assert [fail(database) for _ in range(8)] == [NOW + MINUTE * minutes for minutes in (1, 2, 4, 8, 16, 32, 60, 60)]
    with pytest.raises(LockedOut) as refused:
        database.read_now(lambda t: accounts.check_not_locked(t, reviewer, now=NOW + 59 * MINUTE))
    assert refused.value.until == NOW + HOUR
    database.read_now(lambda t: accounts.check_not_locked(t, reviewer, now=NOW + HOUR))


def test_a_sign_in_that_works_forgives_the_failures(database: Database, reviewer: str) -> None:
    for _ in range(5):
        fail(database)
    database.write_now(lambda t: accounts.note_success(t, reviewer))
    database.read_now(lambda t: accounts.check_not_locked(t, reviewer, now=NOW))
    assert fail(database) is None


def test_a_one_time_link_works_once(database: Database, reviewer: str, chance: Chance) -> None:
    token = invite(database, chance)
    for _ in range(2):
        seen = database.read_now(lambda t: signins.look_at_invite(t, KEY, token, now=NOW))
        assert (seen.account, seen.purpose, seen.expires_at) == ("wei", "enrol", NOW + 15 * MINUTE)
    assert use_invite(database, token) == seen
    with pytest.raises(Expired):
        use_invite(database, token)


def test_a_one_time_link_is_over_after_a_quarter_of_an_hour(database: Database, reviewer: str, chance: Chance) -> None:
    token = invite(database, chance)
    with pytest.raises(Expired):
        use_invite(database, token, NOW + 15 * MINUTE)
    use_invite(database, token, NOW + 15 * MINUTE - timedelta(seconds=1))


def test_a_new_one_time_link_ends_the_one_before(database: Database, reviewer: str, chance: Chance) -> None:
    old, new = invite(database, chance), invite(database, chance)
    with pytest.raises(Expired):
        use_invite(database, old)
    use_invite(database, new)
    with pytest.raises(NotFound):
        invite(database, chance, "nobody")


def test_tokens_lie_in_the_tables_as_hashes(database: Database, reviewer: str, chance: Chance) -> None:
    tokens = [invite(database, chance), open_session(database, chance)]
    assert [len(token) for token in tokens] == [64, 64]
    for table, token in zip((tables.Invite, tables.WebSession), tokens, strict=True):
        for key in (token.encode(), bytes.fromhex(token)):
            assert database.read_now(lambda t, table=table, key=key: t.session.get(table, key)) is None  # type: ignore[misc] # as above


def test_who_can_only_write_to_the_file_cannot_make_up_a_link_or_a_web_session(
    database: Database, reviewer: str, chance: Chance
) -> None:
    citizens_own = StaffSecretKey(bytes(32))

    def forge(t: Transaction) -> tuple[str, str]:
        return (
            signins.invite(t, citizens_own, reviewer, "enrol", random=chance, now=NOW),
            signins.open_session(t, citizens_own, reviewer, "open", random=chance, now=NOW),
        )

    link, session = database.write_now(forge)
    for token in (link, session):
        plain = sha256(token.encode()).digest()
        database.write_now(lambda t, plain=plain: _plant(t, reviewer, plain))  # type: ignore[misc] # mypy reads a default as no value
    with pytest.raises(Expired):
        use_invite(database, link)
    with pytest.raises(Expired):
        use(database, session)


def _plant(t: Transaction, account: str, digest: bytes) -> None:
    later = NOW + HOUR
    t.session.add(tables.Invite(token=digest, account=account, purpose="enrol", created_at=NOW, expires_at=later))
    t.session.add(
        tables.WebSession(token=digest, account=account, stage="open", created_at=NOW, used_at=NOW, expires_at=later)
    )


def test_a_web_session_ends_when_it_is_idle_for_half_an_hour(database: Database, reviewer: str, chance: Chance) -> None:
    token = open_session(database, chance)
    assert use(database, token, NOW + 29 * MINUTE).used_at == NOW + 29 * MINUTE
    use(database, token, NOW + 58 * MINUTE)
    with pytest.raises(Expired):
        use(database, token, NOW + 88 * MINUTE)


def test_a_web_session_ends_after_twelve_hours_however_busy(database: Database, reviewer: str, chance: Chance) -> None:
    token = open_session(database, chance)
    for minutes in range(0, 12 * 60, 20):
        use(database, token, NOW + minutes * MINUTE)
    with pytest.raises(Expired):
        use(database, token, NOW + 12 * HOUR)


def test_a_web_session_ends_with_its_signing_out_its_account_or_all_at_once(
    database: Database, reviewer: str, chance: Chance
) -> None:
    first, second, third = (open_session(database, chance) for _ in range(3))
    database.write_now(lambda t: signins.revoke_session(t, KEY, first, now=NOW))
    with pytest.raises(Expired):
        use(database, first)
    assert use(database, second).account == "wei"
    assert database.write_now(lambda t: signins.revoke_all(t, reviewer, now=NOW)) == 2
    with pytest.raises(Expired):
        use(database, second)
    fourth = open_session(database, chance)
    database.write_now(lambda t: accounts.disable(t, reviewer, now=NOW))
    for token in (third, fourth, "unknown", ""):
        with pytest.raises(Expired):
            use(database, token)


def test_a_web_session_says_how_far_its_sign_in_has_come(database: Database, reviewer: str, chance: Chance) -> None:
    assert use(database, open_session(database, chance, "passphrase given")).stage == "passphrase given"


def test_what_is_over_is_forgotten(database: Database, reviewer: str, chance: Chance) -> None:
    invite(database, chance)
    token = open_session(database, chance)
    assert database.write_now(lambda t: signins.forget(t, now=NOW + HOUR)) == 1
    use(database, token)
    assert database.write_now(lambda t: signins.forget(t, now=NOW + 12 * HOUR)) == 1
