"""Images that come with a report: recognised by content, opened, and made anew, so that nothing hidden comes along.

What is handed on is pixels: no place, no time, no camera, no thumbnail, no text behind the picture.
"""

import io
import warnings
from dataclasses import dataclass, field

from PIL import Image as Pillow
from PIL import ImageOps

LARGEST_FILE = 12 * 1024 * 1024
MOST_PIXELS = 40_000_000
LONGEST_SIDE, LARGEST_RESULT = 2_000, 1_500_000
# The first bytes of what is allowed -> Pillow's name of the format.
ALLOWED = {b"\xff\xd8\xff": "JPEG", b"\x89PNG\r\n\x1a\n": "PNG", b"GIF87a": "GIF", b"GIF89a": "GIF"}
OTHER_KINDS = (b"%PDF", b"PK\x03\x04", b"BM", b"II*\x00", b"MM\x00*", b"<svg", b"<?xml")


class ImageRefused(ValueError):
    """The file cannot be used; ``code`` is too_big, not_an_image, kind_not_allowed, damaged or too_many_pixels."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Image:
    """An image made anew."""

    data: bytes = field(repr=False)
    media_type: str
    width: int
    height: int


def clean(data: bytes) -> Image:
    """The image without anything but its pixels, at most 2 000 pixels long and 1.5 MB large. Raises ImageRefused."""
    if len(data) > LARGEST_FILE:
        raise ImageRefused("too_big")
    kind = _kind(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _made_anew(data, kind)
    except ImageRefused:
        raise
    except Pillow.DecompressionBombError:
        raise ImageRefused("too_many_pixels") from None
    except Exception:  # a decoder meets anything at all in a damaged file; none of it may reach the sender as a crash
        raise ImageRefused("damaged") from None


def _kind(data: bytes) -> str:
    for start, kind in ALLOWED.items():
        if data.startswith(start):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if data[4:8] == b"ftyp" or data.startswith(OTHER_KINDS):
        raise ImageRefused("kind_not_allowed")
    raise ImageRefused("not_an_image")


def _made_anew(data: bytes, kind: str) -> Image:
    with Pillow.open(io.BytesIO(data), formats=[kind]) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise ImageRefused("too_many_pixels")
        opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        opened.load()
        upright = _upright(opened)
        clear = upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info
        pixels = upright.convert("RGBA" if clear else "RGB")
    pixels.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    bare = Pillow.new(pixels.mode, pixels.size)
    bare.paste(pixels)
    return _encoded(bare, clear)


def _upright(opened: Pillow.Image) -> Pillow.Image:
    """Turned as the camera says, where what it says can be read."""
    try:
        return ImageOps.exif_transpose(opened)
    except Exception:  # broken metadata is no reason to refuse the pixels
        return opened


def _encoded(bare: Pillow.Image, clear: bool) -> Image:
    if clear:
        made = _as(bare, "PNG", optimize=True)
        if len(made) <= LARGEST_RESULT:
            return Image(made, "image/png", bare.width, bare.height)
        white = Pillow.new("RGB", bare.size, "white")
        white.paste(bare, mask=bare.getchannel("A"))
        bare = white
    for quality in (85, 70, 50, 30):
        made = _as(bare, "JPEG", quality=quality, optimize=True)
        if len(made) <= LARGEST_RESULT:
            break
    return Image(made, "image/jpeg", bare.width, bare.height)


def _as(picture: Pillow.Image, kind: str, **options: int | bool) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()
