"""Pictures drawn for a test: nothing of anybody's."""

import io
import zlib
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image, ImageDraw, ImageFont

CHINESE = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
SHOT = (
    "【京东金融】您的金条账户异常",
    "请立即联系客服处理，否则影响征信",
    "https://jd-kefu.example.top/login?id=88",
    "6217 0001 2345 6789 019",
    "USPS: your parcel is held",
)


def screenshot(*lines: str, size: tuple[int, int] = (1080, 900), kind: str = "PNG", scale: int = 42) -> bytes:
    """Lines of text, dark on light."""
    if not CHINESE.is_file():
        pytest.skip("needs a Chinese font: apt-get install fonts-noto-cjk")
    picture = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(picture)
    font = ImageFont.truetype(CHINESE, scale, index=2)
    for place, line in enumerate(lines):
        draw.text((scale, scale + place * scale * 3), line, fill="black", font=font)
    return saved(picture, kind)


def code(text: str, *, module: int = 4) -> bytes:
    """A QR code."""
    drawn = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode).to_image(scale=module, add_quiet_zones=True)
    return saved(Image.fromarray(drawn), "PNG")


def saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def pdf(*pages: tuple[str, ...]) -> bytes:
    """Words written in a PDF, a page each: as small as one may be, without a table of its parts."""
    parts = [b"<</Type/Catalog/Pages 2 0 R>>", b"", b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    places = []
    for lines in pages:
        shown = " ".join(f"({line}) Tj 0 -20 Td" for line in lines)
        drawn = f"BT /F 12 Tf 50 700 Td {shown} ET".encode()
        places.append(f"{len(parts) + 1} 0 R")
        at = len(parts) + 2
        parts.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F 3 0 R>>>>/Contents %d 0 R>>" % at
        )
        parts.append(b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn))
    parts[1] = f"<</Type/Pages/Count {len(places)}/Kids[{' '.join(places)}]>>".encode()
    body = b"".join(b"%d 0 obj%s\nendobj\n" % (number, part) for number, part in enumerate(parts, start=1))
    return b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R>>\n%%EOF\n"


def bomb(width: int, height: int) -> bytes:
    """A PNG of some hundred kilobytes that would be gigabytes of pixels."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return len(content).to_bytes(4, "big") + name + content + zlib.crc32(name + content).to_bytes(4, "big")

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes((8, 2, 0, 0, 0))
    packed = zlib.compressobj(9)
    rows = b"".join(packed.compress(bytes(3 * width + 1)) for _ in range(min(height, 2000))) + packed.flush()
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
