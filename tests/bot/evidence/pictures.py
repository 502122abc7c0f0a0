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


def bomb(width: int, height: int) -> bytes:
    """A PNG of some hundred kilobytes that would be gigabytes of pixels."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return len(content).to_bytes(4, "big") + name + content + zlib.crc32(name + content).to_bytes(4, "big")

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes((8, 2, 0, 0, 0))
    packed = zlib.compressobj(9)
    rows = b"".join(packed.compress(bytes(3 * width + 1)) for _ in range(min(height, 2000))) + packed.flush()
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
