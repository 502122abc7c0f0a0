"""Where a quotation begins and ends, so that no word of the person's is cut in two."""

_NEAR = 4
"""Characters: a cut this near to a gap in the text is moved to it."""


def whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The span from `start` to `end`, moved to the gaps nearby: `text[start:end]` loses a scrap or gains the rest.

    A gap is a space or a mark of punctuation. Latin words are never cut, whatever their length. What is a scrap on
    either side of its only gap stays as it is: left out, nothing would be quoted.
    """
    first, last = _start(text, start, end), _end(text, start, end)
    return (first, last) if first < last else (start, end)


def _start(text: str, start: int, end: int) -> int:
    if start == 0 or _is_gap(text[start - 1]):
        return start
    word = start
    while word > 0 and not _is_gap(text[word - 1]):
        word -= 1
    if start - word <= _NEAR or _is_latin(text[start - 1]):
        return word
    # A scrap of a clause before the first gap says nothing.
    scrap = next((at for at in range(start, min(start + _NEAR, end)) if _is_gap(text[at])), None)
    return start if scrap is None else _past_gaps(text, scrap, end)


def _end(text: str, start: int, end: int) -> int:
    if end == len(text) or _is_gap(text[end]):
        return end
    word = end
    while word < len(text) and not _is_gap(text[word]):
        word += 1
    if word - end <= _NEAR + 1 or _is_latin(text[end]):
        return word
    scrap = next((at for at in range(end - 1, max(end - _NEAR - 1, start), -1) if _is_gap(text[at])), None)
    while scrap is not None and scrap > start and _is_gap(text[scrap - 1]):
        scrap -= 1
    return end if scrap is None or scrap <= start else scrap


def _past_gaps(text: str, at: int, end: int) -> int:
    while at < end and _is_gap(text[at]):
        at += 1
    return at


def _is_gap(letter: str) -> bool:
    return not letter.isalnum()


def _is_latin(letter: str) -> bool:
    return letter.isascii() and letter.isalnum()
