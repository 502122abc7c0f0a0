"""What of a text is compared."""

from knowledge.features import pieces, units


def _features(text: str) -> list[str]:
    return [piece.feature for piece in pieces(units(text))]


def test_chinese_is_compared_by_runs_of_characters() -> None:
    assert _features("转账吗") == ["转", "转 账", "转 账 吗", "账", "账 吗", "吗"]


def test_english_is_compared_by_runs_of_words_and_parts_of_long_ones() -> None:
    found = _features("pay the fees")

    assert {"pay", "pay the", "pay the fees", "the fees", "fees"} <= set(found)
    assert {"~_fe", "~fees", "~ees_"} <= set(found)


def test_a_latin_name_in_chinese_is_not_taken_apart() -> None:
    assert not any(feature.startswith("~") for feature in _features("加我line账号聊"))


def test_numbers_count_by_their_length_and_links_by_being_there() -> None:
    assert _features("转50,000") == ["转", "转 <5>", "<5>"]
    assert _features("https://a.top/x?y=1 看") == ["<link>", "<link> 看", "看"]


def test_every_piece_is_where_it_says() -> None:
    text = "pay 加line"

    assert {(piece.feature, text[piece.start : piece.end]) for piece in pieces(units(text))} >= {
        ("pay", "pay"),
        ("加 line", "加line"),
        ("pay 加 line", "pay 加line"),
    }
