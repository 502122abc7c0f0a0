"""What differs between two versions of a pattern."""

from knowledge.editing.changes import Change, changes, teaches
from tests.knowledge.editing.pair import LADDER, UMBRELLA, pair

BEFORE = pair()[UMBRELLA]


def test_a_pattern_differs_in_nothing_from_itself() -> None:
    assert changes(BEFORE, BEFORE) == ()


def test_texts_put_in_and_taken_out_are_told_by_key() -> None:
    after = pair(
        ('"umbrella en one", ', '"a new one", "and another", '),
        ("version = 1", "version = 2"),
        ('"umbrella 3 zh-Hant d"', '"遮仔"'),
    )[UMBRELLA]

    assert changes(BEFORE, after) == (
        Change("version", ("1",), ("2",)),
        Change("red_flags.flag-3.phrasings.zh-Hant", ("umbrella 3 zh-Hant d",), ("遮仔",)),
        Change("tellings.en", ("umbrella en one",), ("a new one", "and another")),
    )


def test_every_text_of_a_new_pattern_is_put_in() -> None:
    found = changes(None, BEFORE)

    assert all(change.added and not change.removed for change in found)
    assert {"name.en", "questions.question-0.against", "sources", "codes.mps", "advice.paid.zh-Hant"} <= {
        change.key for change in found
    }


def test_a_red_flag_taken_out_and_one_that_became_honest_are_told() -> None:
    after = pair(('id = "flag-0"', 'id = "flag-9"'), ('id = "flag-1"\n', 'id = "flag-1"\nhonest_alone = true\n'))[
        UMBRELLA
    ]
    found = {change.key: change for change in changes(BEFORE, after)}

    assert found["red_flags.flag-0.name.en"].removed == ("umbrella in English",)
    assert found["red_flags.flag-9.name.en"].added == ("umbrella in English",)
    assert found["red_flags.flag-1.honest_alone"].added == ("true",)


def test_only_what_is_said_teaches_the_matcher() -> None:
    found = changes(None, pair()[LADDER])
    taught = {change.key.split(".")[0] for change in found if teaches(change)}

    assert taught == {"name", "gist", "stages", "next", "red_flags", "tellings", "scripts"}
