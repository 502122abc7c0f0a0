"""What a file is, its content says."""

import pytest

from bot.conversation.events import Attachment
from bot.evidence.kinds import kind_of


@pytest.mark.parametrize(
    ("content", "what", "type_"),
    [
        (b"\xff\xd8\xff\xe1 Exif", Attachment.PICTURE, "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n...", Attachment.PICTURE, "image/png"),
        (b"GIF89a...", Attachment.PICTURE, "image/gif"),
        (b"RIFF\0\0\0\0WEBPVP8 ", Attachment.PICTURE, "image/webp"),
        (b"\0\0\0\x18ftypheic\0\0", Attachment.PICTURE, "image/heic"),
        (b"BM" + bytes(12) + b"\x28\0\0\0" + bytes(40), Attachment.PICTURE, "image/bmp"),
        (b"OggS\0\x02", Attachment.VOICE, "audio/ogg"),
        (b"ID3\x04", Attachment.VOICE, "audio/mpeg"),
        (b"\xff\xfb\x90\x00", Attachment.VOICE, "audio/mpeg"),
        (b"RIFF\0\0\0\0WAVEfmt ", Attachment.VOICE, "audio/wav"),
        (b"\0\0\0\x18ftypM4A \0\0", Attachment.VOICE, "audio/mp4"),
        (b"\0\0\0\x18ftypisom\0\0", Attachment.VIDEO, "video/mp4"),
        (b"\0\0\0\x18ftypqt  \0\0", Attachment.VIDEO, "video/quicktime"),
        (b"\x1aE\xdf\xa3\x01", Attachment.VIDEO, "video/webm"),
        (b"%PDF-1.7\n", Attachment.FILE, "application/pdf"),
    ],
)
def test_known_beginnings_name_the_kind(content: bytes, what: Attachment, type_: str) -> None:
    kind = kind_of(content)
    assert kind is not None
    assert (kind.what, kind.type) == (what, type_)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"B",
        b"BMW is a brand, and no picture",
        b"PK\x03\x04 a zip, or an office file",
        b"\x7fELF",
        b"MZ\x90\0",
        b"<svg xmlns='http://www.w3.org/2000/svg'>",
        b"<html>",
        b"RIFF\0\0\0\0ACON",
        b"RIFF",
        "转账 5000 元".encode(),
        bytes(40),
        b"\xff\xfe\0\0 a text in UTF-16",
    ],
)
def test_all_else_is_not_taken(content: bytes) -> None:
    assert kind_of(content) is None
