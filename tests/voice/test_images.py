"""Images: only pixels come through, and nothing that is sent makes the program fall."""

import io
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image as Pillow
from PIL import ImageChops, ImageOps
from PIL.PngImagePlugin import PngInfo

from samskap.voice import images
from samskap.voice.images import Image, ImageRefused, clean

PLANTED = b"PLANTET-HEMMELIGHET"


def picture(mode: str = "RGB", size: tuple[int, int] = (64, 48)) -> Pillow.Image:
    chance = random.Random(7)
    made = Pillow.new(mode, size)
    made.putdata([tuple(chance.randrange(256) for _ in made.getbands()) for _ in range(size[0] * size[1])])
    return made


def encoded(kind: str, made: Pillow.Image | None = None, **options: object) -> bytes:
    buffer = io.BytesIO()
    (made or picture()).save(buffer, kind, **options)
    return buffer.getvalue()


def with_place() -> bytes:
    exif = Pillow.Exif()
    exif[0x010E] = PLANTED.decode()
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (60.0, 10.0, 20.0)
    return encoded("JPEG", exif=exif, comment=PLANTED, icc_profile=PLANTED * 10)


def png_with_text() -> bytes:
    info = PngInfo()
    info.add_text("Comment", PLANTED.decode())
    info.add_itxt("XML:com.adobe.xmp", PLANTED.decode())
    return encoded("PNG", pnginfo=info)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_the_allowed_kinds_are_made_anew(kind: str) -> None:
    made = clean(encoded(kind))
    assert (made.width, made.height) == (64, 48)
    assert Pillow.open(io.BytesIO(made.data)).format in ("JPEG", "PNG")


@pytest.mark.parametrize("data", [
    with_place(), png_with_text(), encoded("JPEG") + PLANTED, encoded("PNG") + b"PK\x03\x04" + PLANTED,
    encoded("GIF", comment=PLANTED) + PLANTED, encoded("WEBP", exif=b"Exif\x00\x00" + PLANTED, xmp=PLANTED),
])  # fmt: skip
def test_nothing_that_was_hidden_comes_along(data: bytes) -> None:
    assert PLANTED in data
    made = clean(data)
    assert PLANTED not in made.data
    opened = Pillow.open(io.BytesIO(made.data))
    assert not opened.getexif()
    assert not {"icc_profile", "comment", "xmp", "exif"} & set(opened.info)


def test_a_picture_taken_sideways_is_turned_upright() -> None:
    exif = Pillow.Exif()
    exif[0x0112] = 6
    assert (clean(encoded("JPEG", exif=exif)).width, clean(encoded("JPEG", exif=exif)).height) == (48, 64)


def test_transparency_is_kept() -> None:
    made = clean(encoded("PNG", picture("RGBA")))
    assert made.media_type == "image/png"
    assert Pillow.open(io.BytesIO(made.data)).mode == "RGBA"


@pytest.mark.slow
@pytest.mark.parametrize(("mode", "size"), [("RGB", (2_600, 1_500)), ("RGBA", (2_100, 900))])
def test_a_large_picture_becomes_small_enough(mode: str, size: tuple[int, int]) -> None:
    made = clean(encoded("PNG", Pillow.effect_noise(size, 90).convert(mode)))
    assert max(made.width, made.height) <= images.LONGEST_SIDE
    assert len(made.data) <= images.LARGEST_RESULT


def bomb() -> bytes:
    return encoded("PNG", Pillow.new("1", (9_000, 9_000)))


@pytest.mark.parametrize(("data", "code"), [
    (b"", "not_an_image"), (b"hei", "not_an_image"), (b"<script>alert(1)</script>", "not_an_image"),
    (b"%PDF-1.7", "kind_not_allowed"), (b"\x00\x00\x00\x18ftypheic" + b"\x00" * 40, "kind_not_allowed"),
    (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "kind_not_allowed"), (b"PK\x03\x04", "kind_not_allowed"),
    (encoded("JPEG")[:200], "damaged"), (b"\xff\xd8\xff\xe0", "damaged"), (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "damaged"),
    (b"GIF89a" + b"\xff" * 20, "damaged"), (b"RIFF\x00\x00\x00\x00WEBP", "damaged"), (bomb(), "too_many_pixels"),
    (b"\xff\xd8\xff" + b"\x00" * images.LARGEST_FILE, "too_big"),
])  # fmt: skip
def test_what_cannot_be_used_is_refused_with_its_reason(data: bytes, code: str) -> None:
    with pytest.raises(ImageRefused) as refused:
        clean(data)
    assert refused.value.code == code


SOURCES = [encoded(kind) for kind in ("JPEG", "PNG", "WEBP", "GIF")] + [with_place(), png_with_text()]


@given(
    st.sampled_from(SOURCES), st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), max_size=30), st.integers(0, 10**6)
)
def test_a_damaged_picture_is_made_anew_or_refused(source: bytes, changes: list[tuple[int, int]], cut: int) -> None:
    data = bytearray(source)
    for place, value in changes:
        data[place % len(data)] = value
    try:
        made = clean(bytes(data[: len(data) - cut % (len(data) // 2)]))
    except ImageRefused:
        return
    assert isinstance(made, Image)
    assert max(made.width, made.height) <= images.LONGEST_SIDE


def _progressive(scans: int) -> bytes:
    """A progressive picture whose last scan is told again and again."""
    buffer = io.BytesIO()
    Pillow.effect_noise((64, 64), 50).save(buffer, "JPEG", progressive=True)
    data = buffer.getvalue()
    last = data.rindex(b"\xff\xda")
    return data[:-2] + data[last:-2] * scans + data[-2:]


def test_a_picture_that_would_be_read_hundreds_of_times_is_refused_unread() -> None:
    assert clean(_progressive(3)).width == 64
    with pytest.raises(ImageRefused, match="too_many_pixels"):
        clean(_progressive(400))


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "GIF"])
def test_what_must_be_held_whole_may_not_be_large(kind: str) -> None:
    buffer = io.BytesIO()
    Pillow.new("L", (4_400, 4_400)).save(buffer, kind)
    with pytest.raises(ImageRefused, match="too_many_pixels"):
        clean(buffer.getvalue())


@pytest.mark.parametrize("orientation", range(1, 9))
def test_it_stands_as_the_camera_was_held(orientation: int) -> None:
    drawn = Pillow.new("RGB", (60, 30), "white")
    drawn.paste("red", (0, 0, 20, 10))
    exif = Pillow.Exif()
    exif[274] = orientation
    buffer = io.BytesIO()
    drawn.save(buffer, "JPEG", exif=exif, quality=95)
    expected = ImageOps.exif_transpose(Pillow.open(io.BytesIO(buffer.getvalue())))
    found = Pillow.open(io.BytesIO(clean(buffer.getvalue()).data))
    assert found.size == expected.size
    difference = ImageChops.difference(found.convert("RGB"), expected.convert("RGB"))
    assert max(difference.convert("L").tobytes()) < 60


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L"])
def test_a_picture_for_paper_is_small_and_plain(mode: str) -> None:
    buffer = io.BytesIO()
    Pillow.new(mode, (1_800, 900)).save(buffer, "PNG")
    made = Pillow.open(io.BytesIO(images.for_paper(buffer.getvalue())))
    assert (made.format, made.mode, made.size) == ("JPEG", "RGB", (images.ON_PAPER, images.ON_PAPER // 2))
