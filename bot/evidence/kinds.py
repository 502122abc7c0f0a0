"""What a file is by its content: never by its name, nor by what a channel says of it."""

from dataclasses import dataclass

from bot.conversation.events import Attachment


@dataclass(frozen=True, slots=True)
class Kind:
    """`type` is its media type."""

    what: Attachment
    type: str


_PICTURE, _VOICE, _VIDEO, _FILE = Attachment.PICTURE, Attachment.VOICE, Attachment.VIDEO, Attachment.FILE

_BEGINNINGS = (
    (b"\xff\xd8\xff", Kind(_PICTURE, "image/jpeg")),
    (b"\x89PNG\r\n\x1a\n", Kind(_PICTURE, "image/png")),
    (b"GIF87a", Kind(_PICTURE, "image/gif")),
    (b"GIF89a", Kind(_PICTURE, "image/gif")),
    (b"II*\x00", Kind(_PICTURE, "image/tiff")),
    (b"MM\x00*", Kind(_PICTURE, "image/tiff")),
    (b"%PDF-", Kind(_FILE, "application/pdf")),
    (b"OggS", Kind(_VOICE, "audio/ogg")),
    (b"ID3", Kind(_VOICE, "audio/mpeg")),
    (b"fLaC", Kind(_VOICE, "audio/flac")),
    (b"#!AMR", Kind(_VOICE, "audio/amr")),
    (b"\x1aE\xdf\xa3", Kind(_VIDEO, "video/webm")),
)
_RIFF = {
    b"WEBP": Kind(_PICTURE, "image/webp"),
    b"WAVE": Kind(_VOICE, "audio/wav"),
    b"AVI ": Kind(_VIDEO, "video/x-msvideo"),
}
_BRANDS = {
    b"heic": Kind(_PICTURE, "image/heic"),
    b"heix": Kind(_PICTURE, "image/heic"),
    b"mif1": Kind(_PICTURE, "image/heif"),
    b"msf1": Kind(_PICTURE, "image/heif"),
    b"avif": Kind(_PICTURE, "image/avif"),
    b"avis": Kind(_PICTURE, "image/avif"),
    b"M4A ": Kind(_VOICE, "audio/mp4"),
    b"M4B ": Kind(_VOICE, "audio/mp4"),
    b"qt  ": Kind(_VIDEO, "video/quicktime"),
    b"3gp4": Kind(_VIDEO, "video/3gpp"),
    b"3gp5": Kind(_VIDEO, "video/3gpp"),
}
"""Of the ISO container, whose other brands are films."""


def kind_of(content: bytes) -> Kind | None:
    """None for what is not taken: programs, archives, office files, text, and what is nothing known."""
    for beginning, kind in _BEGINNINGS:
        if content.startswith(beginning):
            return kind
    if content[:4] == b"RIFF":
        return _RIFF.get(content[8:12])
    if content[4:8] == b"ftyp":
        return _BRANDS.get(content[8:12], Kind(_VIDEO, "video/mp4"))
    if content[:2] == b"BM" and len(content) >= 26 and int.from_bytes(content[14:18], "little") in {12, 40, 108, 124}:
        return Kind(_PICTURE, "image/bmp")
    if len(content) >= 4 and content[0] == 0xFF and content[1] in {0xFB, 0xF3, 0xF2, 0xFA}:
        return Kind(_VOICE, "audio/mpeg")
    if len(content) >= 7 and content[0] == 0xFF and content[1] in {0xF1, 0xF9}:
        return Kind(_VOICE, "audio/aac")
    return None
