"""The linear model: what it scores, and that its held-out scores are honest."""

import numpy as np
import pytest

from knowledge.ranking import Row, fit_linear_model

_ROWS = [
    Row(("parcel", "held"), "parcel", "a"),
    Row(("parcel", "fee"), "parcel", "b"),
    Row(("loan", "fee"), "loan", "c"),
    Row(("loan", "rate"), "loan", "d"),
    Row(("dinner", "tonight"), "", "e"),
]


def test_a_text_scores_highest_for_the_label_whose_words_it_has() -> None:
    model, _ = fit_linear_model(_ROWS)

    scores = model.score(model.vector(["loan", "held", "rate"]))

    assert model.labels[int(scores.argmax())] == "loan"


def test_words_never_seen_leave_only_the_constant() -> None:
    model, _ = fit_linear_model(_ROWS)

    assert np.array_equal(model.score(model.vector(["umbrella"])), model.score(model.vector([])))


def test_held_out_scores_are_those_of_a_model_refitted_without_the_block() -> None:
    # One feature that all rows share makes tf-idf the same for any subset; the columns carry what differs.
    generator = np.random.default_rng(7)
    columns = generator.normal(size=(12, 4))
    rows = [Row(("same",), "left" if at % 3 else "right", f"block {at // 3}") for at in range(12)]

    _, held_out = fit_linear_model(rows, columns)

    for block in range(4):
        inside = [at for at, row in enumerate(rows) if row.block == f"block {block}"]
        outside = [at for at in range(12) if at not in inside]
        refitted, _ = fit_linear_model([rows[at] for at in outside], columns[outside])
        for at in inside:
            fresh = refitted.score(refitted.vector(["same"], columns[at]))
            assert held_out[at] == pytest.approx(fresh)
