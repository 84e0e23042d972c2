"""Images that come with a report: recognised by content, opened, and made anew, so that nothing hidden comes along.

What is handed on is pixels: no place, no time, no camera, no thumbnail, no text behind the picture.
"""

import io
import threading
import warnings
from dataclasses import dataclass, field

from PIL import Image as Pillow

LARGEST_FILE = 12 * 1024 * 1024
# What can be opened a part at a time is let in larger: a decoder of the other kinds holds the whole picture, several times.
MOST_PIXELS, MOST_PIXELS_WHOLE = 40_000_000, 16_000_000
# A camera's progressive picture has about ten scans; each one is a pass over the whole picture.
MOST_SCANS, SCAN = 30, b"\xff\xda"
# One at a time in a process: what an image costs must never be multiplied by all who send one at the same moment.
_one_at_a_time = threading.Lock()
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
        with _one_at_a_time, warnings.catch_warnings():
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
        most = MOST_PIXELS if kind == "JPEG" else MOST_PIXELS_WHOLE
        if opened.width * opened.height > most or (kind == "JPEG" and data.count(SCAN) > MOST_SCANS):
            raise ImageRefused("too_many_pixels")
        opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        opened.load()
        clear = opened.mode in ("RGBA", "LA", "PA") or "transparency" in opened.info
        factor = max(1, min(opened.width, opened.height) // LONGEST_SIDE)
        smaller = opened.reduce(factor) if factor > 1 and opened.mode in ("L", "LA", "RGB", "RGBA") else opened
        smaller.info.update(opened.info)
        pixels = _upright(smaller, opened).convert("RGBA" if clear else "RGB")
    pixels.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    bare = Pillow.new(pixels.mode, pixels.size)
    bare.paste(pixels)
    return _encoded(bare, clear)


# What a camera says of how it was held (Exif, tag 274) -> how the pixels are turned.
TURNS = {
    2: Pillow.Transpose.FLIP_LEFT_RIGHT, 3: Pillow.Transpose.ROTATE_180, 4: Pillow.Transpose.FLIP_TOP_BOTTOM,
    5: Pillow.Transpose.TRANSPOSE, 6: Pillow.Transpose.ROTATE_270, 7: Pillow.Transpose.TRANSVERSE, 8: Pillow.Transpose.ROTATE_90,
}  # fmt: skip


def _upright(pixels: Pillow.Image, opened: Pillow.Image) -> Pillow.Image:
    """Turned as the camera says, where what it says can be read."""
    try:
        turn = TURNS.get(opened.getexif().get(274, 1))
    except Exception:  # broken metadata is no reason to refuse the pixels
        return pixels
    return pixels if turn is None else pixels.transpose(turn)


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


ON_PAPER = 1_100


def for_paper(data: bytes) -> bytes:
    """A small JPEG, in colours that every archive can read, of an image that was made anew here."""
    with _one_at_a_time, Pillow.open(io.BytesIO(data), formats=["JPEG", "PNG"]) as opened:
        opened.load()
        white = Pillow.new("RGB", opened.size, "white")
        white.paste(opened, mask=opened.getchannel("A") if opened.mode == "RGBA" else None)
    white.thumbnail((ON_PAPER, ON_PAPER))
    return _as(white, "JPEG", quality=70, optimize=True)


def _as(picture: Pillow.Image, kind: str, **options: int | bool) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()
