"""The words and codes on a picture or in a PDF, read in a process of its own, with little memory and no way out.

Run as `python -m bot.evidence.pictures MEMORY`, in bytes. Pictures come on standard input and what was read goes to
standard output, each after its length in four bytes. A picture that is damaged, a bomb or none is one without words;
one that takes too long, or too much, ends the process.
"""

import io
import itertools
import os
import resource
import struct
import sys
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

LENGTH = struct.Struct(">I")
MEMORY = 3 * 1024**3
"""Bytes of address space; reading a screenshot takes a third of it, most of that never touched."""

_FORMATS = ("JPEG", "PNG", "WEBP", "HEIF", "AVIF", "GIF", "BMP", "TIFF")
_MOST_PIXELS = 50_000_000
"""A JPEG is made smaller while it is decoded and may have more."""
_MOST_PIXELS_JPEG = 250_000_000
_LONGEST_SIDE = 4000
"""Pixels at which codes are looked for; words are found at half of that."""
_MOST_CODES = 5
_LONGEST_CODE = 4300
_LONGEST_TEXT = 5000
_PDF = b"%PDF-"
_MOST_PAGES = 3
"""Of a PDF: a letter or a warrant says on the first what it wants, and a contract has dozens."""
_FEW_WORDS = 40
"""Letters under which a page is a picture of one, with a number printed below."""
_PDF_SCALE = 2.0


def look(content: bytes, recognise: Callable[[Any], list[str]]) -> str:
    """What stands on the picture or in the PDF, a line each; `recognise` finds the words on an array of pixels."""
    words, codes = [], []
    for written, picture in _pages(content) if content.startswith(_PDF) else [("", _open(content))]:
        if picture is not None:
            words += [written] if written else recognise(picture)
            codes += list(_codes(picture))
    return "\n".join(("\n".join(words)[:_LONGEST_TEXT], *codes[:_MOST_CODES])).strip()


def main() -> None:
    memory = int(sys.argv[1])
    pictures, answers = _pipes()
    os.nice(10)  # those who are being answered go first
    recognise = _recogniser()
    for limit, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(limit, (most, most))
    while head := pictures.read(LENGTH.size):
        content = pictures.read(LENGTH.unpack(head)[0])
        words = look(content, recognise).encode(errors="replace")
        answers.write(LENGTH.pack(len(words)) + words)
        answers.flush()


def _pipes() -> tuple[BinaryIO, BinaryIO]:
    """Nothing that a library prints may pass for an answer."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return sys.stdin.buffer, answers


def _recogniser() -> Callable[[Any], list[str]]:
    # Here, so that who only asks whether a picture has words needs none of it.
    from rapidocr import RapidOCR  # noqa: PLC0415 - as above

    one = "EngineConfig.onnxruntime"
    settings = {f"{one}.intra_op_num_threads": 1, f"{one}.inter_op_num_threads": 1, "Global.log_level": "critical"}
    # Screenshots stand upright; what is turned says so itself.
    engine: Any = RapidOCR(params={**settings, "Global.use_cls": False})

    def recognise(picture: Any) -> list[str]:
        pixels = _pixels(picture, _LONGEST_SIDE // 2)
        # As the models learned it: blue, green, red.
        return [str(line) for line in engine(pixels[:, :, ::-1]).txts or ()]

    return recognise


def _pages(content: bytes) -> Iterator[tuple[str, Any]]:
    """What is written on each of the first pages, empty where only a picture is, and how it looks; of a PDF that is
    damaged or locked nothing."""
    import pypdfium2  # noqa: PLC0415 - as above

    try:
        document = pypdfium2.PdfDocument(content)
        for page in itertools.islice(document, _MOST_PAGES):
            written = " ".join(page.get_textpage().get_text_bounded().split("\0"))
            lines = "\n".join(line.strip() for line in written.splitlines() if line.strip())
            scale = min(_PDF_SCALE, _LONGEST_SIDE / max(page.get_size()))
            yield lines if len(lines) >= _FEW_WORDS else "", page.render(scale=scale).to_pil().convert("RGB")
    except (pypdfium2.PdfiumError, ValueError, ZeroDivisionError, OSError):
        return


def _open(content: bytes) -> Any:
    """Upright, in colour, on white, and no larger than is needed; None for what is no picture, or a bomb."""
    import pi_heif  # noqa: PLC0415 - as above
    from PIL import Image, ImageOps  # noqa: PLC0415 - as above

    pi_heif.register_heif_opener()
    Image.MAX_IMAGE_PIXELS = None  # decided here, by kind
    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as picture:
            most = _MOST_PIXELS_JPEG if picture.format == "JPEG" else _MOST_PIXELS
            if picture.width * picture.height > most:
                return None
            picture.draft("RGB", (_LONGEST_SIDE, _LONGEST_SIDE))
            upright = ImageOps.exif_transpose(picture).convert("RGBA")
    except (
        OSError,
        ValueError,
        SyntaxError,
        EOFError,
        TypeError,
        struct.error,
        KeyError,
        IndexError,
        ZeroDivisionError,
    ):
        return None
    upright.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    paper = Image.new("RGB", upright.size, "white")
    paper.paste(upright, mask=upright.getchannel("A"))
    return paper


def _pixels(picture: Any, longest: int) -> Any:
    import numpy as np  # noqa: PLC0415 - as above

    small = picture.copy()
    small.thumbnail((longest, longest))
    return np.asarray(small)


def _codes(picture: Any) -> Iterator[str]:
    import zxingcpp  # noqa: PLC0415 - as above

    kinds = zxingcpp.BarcodeFormat
    wanted = kinds.QRCode | kinds.MicroQRCode | kinds.Aztec | kinds.DataMatrix | kinds.PDF417
    for code in zxingcpp.read_barcodes(_pixels(picture, _LONGEST_SIDE), formats=wanted)[:_MOST_CODES]:
        yield code.text[:_LONGEST_CODE]


if __name__ == "__main__":
    main()
