"""The linear model: what it scores, and that its held-out scores are honest."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest

from knowledge.features import Features, features, units
from knowledge.fitting import Row, fit_linear_model
from knowledge.ranking import CONSTANT, TELLING, LinearModel

_TOLD = [
    ("parcel held", "parcel"),
    ("parcel fee", "parcel"),
    ("loan fee", "loan"),
    ("loan rate", "loan"),
    ("dinner", ""),
]
_EARLY = features(units("same")).early
_ROWS = [Row.of(features(units(text)), label, str(at)) for at, (text, label) in enumerate(_TOLD)]


def _scores(model: LinearModel, text: str, extra: npt.NDArray[np.float32] | None = None) -> npt.NDArray[np.float32]:
    found = features(units(text))
    return model.score(model.vector(model.columns(found), found.early, extra))


def test_a_text_scores_highest_for_the_label_whose_words_it_has() -> None:
    model, _ = fit_linear_model(_ROWS)

    assert model.labels[int(_scores(model, "loan held rate").argmax())] == "loan"


def test_words_never_seen_leave_only_the_constant() -> None:
    model, _ = fit_linear_model(_ROWS)

    assert np.array_equal(_scores(model, "umbrella"), _scores(model, ""))


def _numbered(count: int) -> tuple[list[Row], npt.NDArray[np.float32]]:
    """Rows of one shared word, so that tf-idf is the same for any part of them; the columns carry what differs."""
    same: Features = features(units("same"))
    rows = [Row.of(same, "left" if at % 3 else "right", f"block {at // 3}") for at in range(count)]
    return rows, np.random.default_rng(7).normal(size=(count, 4)).astype(np.float32)


@pytest.mark.parametrize("tried", [12, 6])
def test_held_out_scores_are_those_of_a_model_refitted_without_the_block(tried: int) -> None:
    rows, columns = _numbered(12)

    _, held_out = fit_linear_model(rows, columns, tried)

    assert len(held_out) == tried
    for block in range(tried // 3):
        inside = [at for at, row in enumerate(rows) if row.block == f"block {block}"]
        outside = [at for at in range(12) if at not in inside]
        refitted, _ = fit_linear_model([rows[at] for at in outside], columns[outside])
        for at in inside:
            assert held_out[at] == pytest.approx(_scores(refitted, "same", columns[at]), abs=1e-3)


@pytest.mark.parametrize("voice", [None, TELLING])
def test_the_weights_are_those_of_ridge_regression(voice: str | None) -> None:
    rows, columns = _numbered(30)
    # A voice that speaks whenever one label does is solved beside it, though the two ask for the same.
    rows = [replace(row, voice=voice) if row.label == "left" else row for row in rows]
    model, _ = fit_linear_model(rows, columns)

    # The same rows as the model sees them (a word of four letters has ten features), and the textbook's closed form.
    known = len(model.rarity)
    seen = np.hstack([np.full((30, known), known**-0.5), columns, np.full((30, 1), CONSTANT)])
    targets = np.array([[label in {row.label, row.voice} for label in model.labels] for row in rows], dtype=float)
    expected = np.linalg.solve(seen.T @ seen + np.eye(seen.shape[1]), seen.T @ targets)

    assert model.weights == pytest.approx(expected, abs=1e-3)


def test_of_private_words_only_what_three_said_is_known() -> None:
    told = [
        ("umbrella shop", True),
        ("umbrella fee", True),
        ("umbrella held", True),
        ("ladder fee", True),
        ("dinner", False),
    ]
    rows = [
        Row.of(features(units(text)), "" if text == "dinner" else "scam", text, is_private=private)
        for text, private in told
    ]
    model, _ = fit_linear_model(rows)

    columns = model.columns(features(units("umbrella fee ladder dinner")))[:4]

    assert [column >= 0 for column in columns.tolist()] == [True, False, False, True]


def test_in_whole_numbers_every_score_is_nearly_what_it_was() -> None:
    rows, columns = _numbered(30)
    model, _ = fit_linear_model(rows, columns)

    whole = model.in_whole_numbers()

    assert whole.weights.dtype == np.int8
    for own in columns:
        # A row's greatest weight is 127 of its units, and each weight is off by half a unit at most.
        assert whole.units is not None
        most = np.abs(model.vector(model.columns(features(units("same"))), _EARLY, own).values) @ whole.units / 2
        assert np.abs(_scores(whole, "same", own) - _scores(model, "same", own)).max() <= most + 1e-6
    assert whole.in_whole_numbers() is whole
