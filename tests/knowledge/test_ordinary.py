"""The ordinary messages everything is weighed against."""

from collections import Counter
from pathlib import Path

import pytest

from knowledge.errors import OrdinaryError
from knowledge.language import Language
from knowledge.matching import Likeness
from knowledge.ordinary import load_ordinary, shipped_ordinary
from tests.knowledge.shipped import matcher


def test_there_are_enough_in_each_language() -> None:
    counts = Counter(message.language for message in shipped_ordinary())

    assert all(counts[language] >= 100 for language in Language)


def test_hardly_any_of_them_is_warned_of() -> None:
    warned = [message.text for message in shipped_ordinary() if matcher().match(message.text).likeness is Likeness.WARN]

    # A warning by the police repeats what swindlers say.
    assert len(warned) <= 0.001 * len(shipped_ordinary()), warned


def test_a_group_without_a_language_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ordinary.toml"
    path.write_text('[talk]\nen = ["a", "b", "c"]\nzh-Hans = ["甲", "乙", "丙"]\n', encoding="utf-8")

    with pytest.raises(OrdinaryError, match=r"ordinary\.toml: talk\.zh-Hant: is missing; write a list of texts"):
        load_ordinary(path)
