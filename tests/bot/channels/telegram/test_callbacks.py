"""What stands behind a button."""

import pytest

from bot.channels.telegram.callbacks import Callbacks
from bot.conversation.buttons import LABELS

ME, YOU = 4711, -10012345678901


@pytest.fixture
def callbacks() -> Callbacks:
    return Callbacks(b"k" * 32)


@pytest.mark.parametrize("button", [*LABELS, "language:zh-Hans", "place:southeast-asia", "x" * 38])
def test_every_button_fits_and_comes_back(callbacks: Callbacks, button: str) -> None:
    written = callbacks.write(YOU, 2**31, button)
    assert len(written.encode()) <= 64
    assert callbacks.read(YOU, written) == (2**31, button)


def test_it_tells_nothing_and_is_the_same_in_every_process(callbacks: Callbacks) -> None:
    written = callbacks.write(ME, 3, "life:alone")
    assert "life" not in written
    assert written == Callbacks(b"k" * 32).write(ME, 3, "life:alone")
    assert len({callbacks.write(ME, turn, button) for turn in range(9) for button in ("yes", "no")}) == 18


def test_another_chats_button_a_made_up_one_and_a_changed_one_are_known(callbacks: Callbacks) -> None:
    written = callbacks.write(ME, 3, "submit")
    changed = ("A" if written[0] != "A" else "B") + written[1:]
    padded = written[:3] + "!" + written[3:]
    for data in (
        callbacks.write(YOU, 3, "submit"),
        "submit",
        "",
        "字",
        "=" * 64,
        "A" * 64,
        changed,
        padded,
        f"{written}\n",
    ):
        assert callbacks.read(ME, data) is None
    assert Callbacks(b"j" * 32).read(ME, written) is None
