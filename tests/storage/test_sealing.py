"""Facts about what is sealed, hashed and derived."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import padding
from storage.errors import Undecipherable
from storage.sealing import (
    CHEAPEST,
    INTERACTIVE,
    CitizensKeys,
    ReceiptKey,
    StaffSecretKey,
    hash_passphrase,
    seal_to_receipt,
    unwrap_key,
    verify_passphrase,
    wrap_key,
)

STAFF = StaffSecretKey(bytes(range(32)))
OTHER_STAFF = StaffSecretKey(bytes(32))
CITIZENS = CitizensKeys(bytes(range(32)))
OTHER_CITIZENS = CitizensKeys(bytes(32))
RECEIPT = ReceiptKey.make("K7Q2M9RD4TXA7WNE", salt=bytes(16), cost=CHEAPEST)


@given(st.binary(max_size=5000))
def test_what_is_sealed_to_staff_only_their_key_opens(payload: bytes) -> None:
    sealed = STAFF.public.seal(payload)
    assert STAFF.open(sealed) == payload
    with pytest.raises(Undecipherable):
        OTHER_STAFF.open(sealed)


def test_the_same_words_sealed_twice_look_different() -> None:
    assert STAFF.public.seal(b"words") != STAFF.public.seal(b"words")
    assert CITIZENS.encrypt("a", b"words") != CITIZENS.encrypt("a", b"words")


@given(st.binary(max_size=600), st.data())
def test_a_changed_byte_anywhere_is_noticed(payload: bytes, data: st.DataObject) -> None:
    for sealed, unseal in (
        (STAFF.public.seal(payload), STAFF.open),
        (CITIZENS.encrypt("a", payload), lambda box: CITIZENS.decrypt("a", box)),
    ):
        place = data.draw(st.integers(0, len(sealed) - 1))
        changed = sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :]
        with pytest.raises(Undecipherable):
            unseal(changed)


@given(st.binary(max_size=100))
def test_bytes_that_were_never_sealed_are_refused(garbage: bytes) -> None:
    with pytest.raises(Undecipherable):
        STAFF.open(garbage)
    with pytest.raises(Undecipherable):
        CITIZENS.decrypt("a", garbage)
    with pytest.raises(Undecipherable):
        ReceiptKey.derive("K7Q2M9RD4TXA7WNE", garbage)


@given(st.binary(max_size=3000))
def test_what_is_encrypted_opens_with_its_key_and_its_context_alone(payload: bytes) -> None:
    encrypted = CITIZENS.encrypt("session:a", payload)
    assert CITIZENS.decrypt("session:a", encrypted) == payload
    wrong: list[tuple[CitizensKeys | StaffSecretKey, str]] = [
        (CITIZENS, "session:b"),
        (OTHER_CITIZENS, "session:a"),
        (StaffSecretKey(CITIZENS.raw), "session:a"),
    ]
    for key, context in wrong:
        with pytest.raises(Undecipherable):
            key.decrypt(context, encrypted)


@pytest.mark.parametrize("longest", [508, 1020, 2044])
def test_the_length_of_what_is_sealed_shows_its_size_class_alone(longest: int) -> None:
    shortest = longest // 2 if longest > 508 else 0
    lengths = {len(STAFF.public.seal(bytes(length))) for length in (shortest, shortest + 1, longest - 1, longest)}
    assert len(lengths) == 1
    assert len(STAFF.public.seal(bytes(longest + 1))) > max(lengths)


@given(st.binary(max_size=5000))
def test_padding_comes_off_again(payload: bytes) -> None:
    assert padding.unpad(padding.pad(payload)) == payload


def test_large_payloads_grow_by_whole_mebibytes() -> None:
    assert len(padding.pad(bytes(3 << 20))) == 4 << 20
    assert len(padding.pad(bytes((1 << 20) - 4))) == 1 << 20


def test_the_receipt_opens_what_staff_answer_and_nobody_else_does() -> None:
    sealed = seal_to_receipt(RECEIPT.public, "请问叫什么？".encode())
    again = ReceiptKey.derive("K7Q2M9RD4TXA7WNE", RECEIPT.parameters)
    assert again.open(sealed).decode() == "请问叫什么？"
    for other in (
        ReceiptKey.derive("K7Q2M9RD4TXA7WNF", RECEIPT.parameters),
        ReceiptKey.make("K7Q2M9RD4TXA7WNE", salt=b"1" * 16, cost=CHEAPEST),
    ):
        assert other.public != RECEIPT.public
        with pytest.raises(Undecipherable):
            other.open(sealed)
    with pytest.raises(Undecipherable):
        STAFF.open(sealed)


def test_a_receipt_made_at_one_cost_is_derived_after_the_cost_was_changed() -> None:
    old = ReceiptKey.make("K7Q2M9RD4TXA7WNE", salt=bytes(16), cost=CHEAPEST)
    new = ReceiptKey.make("K7Q2M9RD4TXA7WNE", salt=bytes(16), cost=INTERACTIVE)
    assert old.public != new.public
    assert ReceiptKey.derive("K7Q2M9RD4TXA7WNE", old.parameters).public == old.public
    assert ReceiptKey.derive("K7Q2M9RD4TXA7WNE", new.parameters).public == new.public


def test_parameters_that_would_take_all_memory_are_refused() -> None:
    greedy = RECEIPT.parameters[:5] + (1 << 40).to_bytes(8, "big") + RECEIPT.parameters[13:]
    with pytest.raises(Undecipherable):
        ReceiptKey.derive("K7Q2M9RD4TXA7WNE", greedy)


def test_hashes_of_one_key_differ_by_what_they_are_for() -> None:
    hashes = {
        CITIZENS.receipt_hash("abc"),
        CITIZENS.conversation_pseudonym("", "abc"),
        CITIZENS.conversation_pseudonym("abc", ""),
        CITIZENS.conversation_pseudonym("a", "bc"),
        CITIZENS.conversation_pseudonym("ab", "c"),
        STAFF.link_hash("a", "bc"),
        STAFF.link_hash("ab", "c"),
        OTHER_STAFF.link_hash("a", "bc"),
        OTHER_CITIZENS.receipt_hash("abc"),
    }
    assert len(hashes) == 9
    assert {len(one) for one in hashes} == {32}


def test_hashes_are_the_same_every_time() -> None:
    assert CitizensKeys(bytes(range(32))).receipt_hash("abc") == CITIZENS.receipt_hash("abc")
    assert StaffSecretKey(bytes(range(32))).link_hash("phone", "+1") == STAFF.link_hash("phone", "+1")


def test_a_passphrase_is_known_by_its_hash_alone() -> None:
    hashed = hash_passphrase("correct horse", cost=CHEAPEST)
    assert "horse" not in hashed
    assert verify_passphrase(hashed, "correct horse")
    assert not verify_passphrase(hashed, "correct Horse")
    assert hashed != hash_passphrase("correct horse", cost=CHEAPEST)


def test_a_passphrase_typed_on_another_keyboard_is_the_same() -> None:
    hashed = hash_passphrase(unicodedata.normalize("NFC", "café 密码"), cost=CHEAPEST)
    assert verify_passphrase(hashed, unicodedata.normalize("NFD", "café 密码"))
    assert verify_passphrase(hashed, "ｃａｆé 密码")


def test_a_wrapped_key_opens_with_its_passphrase_alone() -> None:
    wrapped = wrap_key(STAFF.raw, "correct horse", salt=bytes(16), cost=CHEAPEST)
    assert unwrap_key(wrapped, "correct horse", salt=bytes(16), cost=CHEAPEST) == STAFF.raw
    with pytest.raises(Undecipherable):
        unwrap_key(wrapped, "wrong", salt=bytes(16), cost=CHEAPEST)


def test_fingerprints_tell_keys_apart_and_can_be_read_aloud() -> None:
    assert len({STAFF.public.fingerprint, OTHER_STAFF.public.fingerprint, CITIZENS.fingerprint}) == 3
    assert [len(group) for group in CITIZENS.fingerprint.split("-")] == [4] * 8


def test_no_secret_shows_itself_in_a_log() -> None:
    for secret in (STAFF, CITIZENS, RECEIPT):
        assert repr(secret).startswith("<")
