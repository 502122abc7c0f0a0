"""What stands behind a button: short, good in one chat, and nothing that can be made up."""

from hypothesis import given
from hypothesis import strategies as st

from bot.staff.desk.callbacks import Button, Callbacks, Do
from storage.chance import CROCKFORD

KEY = bytes(range(32))
TIPS = st.one_of(
    st.just(""), st.text(CROCKFORD, min_size=8, max_size=8).map(lambda code: f"{code[:4]}-{code[4:]}")
).filter(lambda tip: tip != "0000-0000")
BUTTONS = st.builds(
    Button, st.sampled_from(Do), TIPS, st.binary(min_size=4, max_size=4), st.integers(min_value=0, max_value=255)
)


@given(BUTTONS, st.integers(min_value=-(10**13), max_value=10**13))
def test_a_button_reads_back_in_its_chat_alone_and_fits(button: Button, chat: int) -> None:
    callbacks = Callbacks(KEY)
    written = callbacks.write(chat, button)
    assert len(written.encode()) <= 64
    assert callbacks.read(chat, written) == button
    assert callbacks.read(chat + 1, written) is None
    assert Callbacks(bytes(32)).read(chat, written) is None


@given(BUTTONS, st.integers(min_value=0, max_value=200), st.integers(min_value=1, max_value=255))
def test_no_bit_of_it_can_be_changed(button: Button, place: int, by: int) -> None:
    callbacks = Callbacks(KEY)
    written = callbacks.write(1, button)
    signs = bytearray(written, "ascii")
    place %= len(signs)
    signs[place] = (signs[place] ^ by) & 0x7F
    changed = signs.decode("ascii")
    assert (callbacks.read(1, changed) is None) == (changed != written)


@given(st.text(max_size=80))
def test_whatever_is_sent_is_read_without_a_fault(told: str) -> None:
    assert Callbacks(KEY).read(1, told) is None
