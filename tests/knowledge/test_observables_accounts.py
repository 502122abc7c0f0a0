"""Bank cards, accounts, IBANs, wallets and transaction hashes, with what their checksums say."""

import pytest

from knowledge.observables import ObservableType
from tests.knowledge.observed import of_type, values

ACCOUNT, IBAN = ObservableType.ACCOUNT, ObservableType.IBAN
WALLET, TRANSACTION = ObservableType.WALLET, ObservableType.TRANSACTION


@pytest.mark.parametrize(
    "written",
    [
        "4111111111111111",
        "4111 1111 1111 1111",
        "4111-1111-1111-1111",
        "４１１１ １１１１ １１１１ １１１１",
        "4\u200b111111111111111",
    ],
)
def test_a_card_with_a_right_check_digit_is_checked(written: str) -> None:
    (card,) = of_type(f"我的钱进了{written}这张卡", ACCOUNT)
    assert (card.value, card.checked, card.text) == ("4111111111111111", True, written)


@pytest.mark.parametrize("written", ["4111111111111112", "6217 0001 2345 6789 018"])
def test_a_mistyped_card_is_kept_unchecked(written: str) -> None:
    (card,) = of_type(f"转到 {written}", ACCOUNT)
    assert (card.value, card.checked) == (written.replace(" ", ""), False)


@pytest.mark.parametrize(
    ("text", "country", "digits"),
    [
        ("帳號 812-20881000123456", "TW", "81220881000123456"),
        ("轉到(700)0001234-1234567", "TW", "70000012341234567"),
        ("戶口 012-345-67890123", "HK", "01234567890123"),
        ("account 12345678", "GB", "12345678"),
        ("卡号：6222-0200-0000-0000-001", "CN", "6222020000000000001"),
        ("822 1234 5678 9012 王某某", "TW", "822123456789012"),
        ("過數去恒生 388-123456-001", "HK", "388123456001"),
        ("transfer to Maybank 5621 2345 6789", "MY", "562123456789"),
        ("a/c 0012 3456 78", "SG", "0012345678"),
    ],
)
def test_an_account_is_read_after_the_word_for_it(text: str, country: str, digits: str) -> None:
    (account,) = of_type(text, ACCOUNT, country)
    assert account.value == digits


@pytest.mark.parametrize(
    "text",
    ["身份证11010519491231002X", "订单号 1234567890123456", "2025-11-20 14:05:33", "帳號後4碼", "account 2025-11-20"],
)
def test_identity_cards_orders_and_dates_are_no_accounts(text: str) -> None:
    assert values(text, ACCOUNT) == []


def test_a_valid_identity_card_number_is_never_taken_for_an_account() -> None:
    # Made to the standard: region, 1 January 1990, check digit by ISO 7064 MOD 11-2.
    body = "11010519900101123"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    check = "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True)) % 11]
    assert values(f"我的号码{body}{check}", ACCOUNT) == []


def test_digits_after_a_bank_that_a_word_calls_a_phone_are_a_phone() -> None:
    assert values("玉山銀行電話 0912345678", ACCOUNT, "TW") == []


@pytest.mark.parametrize(
    ("written", "checked"),
    [
        ("GB29 NWBK 6016 1331 9268 19", True),
        ("GB29NWBK60161331926819", True),
        ("DE89 3704 0044 0532 0130 00", True),
        ("GB29 NWBK 6016 1331 9268 18", False),
    ],
)
def test_an_iban_says_whether_its_checksum_is_right(written: str, checked: bool) -> None:
    (iban,) = of_type(f"to {written} please", IBAN, "GB")
    assert (iban.value, iban.checked, iban.text) == (written.replace(" ", ""), checked, written)


def test_capital_words_are_no_iban() -> None:
    assert values("MAY2025 BEST DEAL EVER MADE TODAY", IBAN, "GB") == []


GOOD_WALLETS = [
    "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
    "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy",
    "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq",
    "bc1p5cyxnuxmeuwuvkwfem96lqzszd02n6xdcjrs20cac6yqjjwudpxqkedrcr",
    "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
    "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t",
]


@pytest.mark.parametrize("address", GOOD_WALLETS)
def test_a_wallet_with_a_right_checksum_is_checked(address: str) -> None:
    (wallet,) = of_type(f"打到地址{address}这里", WALLET)
    assert (wallet.value, wallet.checked) == (address, True)


@pytest.mark.parametrize("address", GOOD_WALLETS)
def test_a_wallet_with_one_letter_wrong_is_kept_unchecked(address: str) -> None:
    last = "2" if address[-1] != "2" else "3"
    wrong = address[:-1] + last if address[0] != "0" else address.replace("Aeb", "aeb")
    (wallet,) = of_type(f"send to {wrong}", WALLET)
    assert (wallet.value, wallet.checked) == (wrong, False)


def test_a_bech32_address_in_capitals_is_the_same_wallet() -> None:
    address = "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq"
    assert values(address.upper(), WALLET) == [address]


def test_taproot_needs_its_own_checksum() -> None:
    # The first is BIP 350's own example of a version 1 address with the old checksum.
    for wrong in (
        "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd",
        "bc1p38j9r5y49hruaue7wxjce0updqjuyyx0kh56v8s25huc6995vvpql3jow4",
    ):
        (wallet,) = of_type(wrong, WALLET)
        assert not wallet.checked


def test_an_ethereum_address_in_small_letters_carries_no_checksum_to_be_checked() -> None:
    (wallet,) = of_type("0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed", WALLET)
    assert (wallet.value, wallet.checked) == ("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", False)


@pytest.mark.parametrize("prefix", ["", "0x"])
def test_sixty_four_hexadecimal_digits_are_a_transaction(prefix: str) -> None:
    digits = "4A5E1E4BAAB89F3A32518A88C31BC87F618F76673E2CC77AB2127B7AFDEDA33B"
    assert values(f"hash {prefix}{digits}", TRANSACTION) == [digits.lower()]
    assert values(f"hash {prefix}{digits}", WALLET) == []
