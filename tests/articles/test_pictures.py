"""Pictures: decoded, made anew, named at random; whatever else is sent is refused with a sentence."""

from __future__ import annotations

import io
import re
import resource
import shutil
import signal
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image, ImageOps

from articles import pictures
from articles.pictures import PictureRefused, read_picture


def drawn(size=(40, 20), form="PNG", mode="RGB", **options) -> bytes:
    """A small picture: left half red, right half blue."""
    width, height = size
    image = Image.new("RGB", size, "blue")
    image.paste("red", (0, 0, width // 2, height))
    made = io.BytesIO()
    image.convert(mode).save(made, form, **options)
    return made.getvalue()


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def png_head(width: int, height: int) -> bytes:
    """The head of a PNG that claims a size, and nearly no data behind it."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "GIF"])
def test_a_picture_is_made_anew_as_webp(form):
    picture = read_picture(io.BytesIO(drawn(form=form)))
    made = opened(picture.content)
    assert (made.format, made.size, picture.width, picture.height) == ("WEBP", (40, 20), 40, 20)
    red, _, blue = made.convert("RGB").getpixel((5, 10))
    assert red > 200 > 60 > blue


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_data_of_a_camera_that_is_not_well_made_keeps_no_picture_out(form):
    turned = struct.pack("<HHII", 0x0112, 3, 1, 6)  # the camera was held upright
    words_for_a_width = struct.pack("<HHI", 0x0100, 2, 4) + b"ab\0\0"
    exif = b"Exif\0\0II*\0\x08\0\0\0\x02\0" + turned + words_for_a_width + b"\0\0\0\0"
    picture = read_picture(io.BytesIO(drawn(form=form, exif=exif)))
    assert (picture.width, picture.height) == (20, 40)


@pytest.mark.parametrize("turn", range(1, 9))
def test_every_way_to_hold_a_camera_is_turned_upright(turn):
    exif = Image.Exif()
    exif[0x0112] = turn
    sent = drawn(form="PNG", exif=exif)
    upright = ImageOps.exif_transpose(opened(sent)).convert("RGB")
    made = opened(read_picture(io.BytesIO(sent)).content).convert("RGB")
    assert made.size == upright.size
    for corner in ((2, 2), (made.width - 3, 2), (2, made.height - 3)):
        assert (made.getpixel(corner)[0] > 128) == (upright.getpixel(corner)[0] > 128)


@pytest.mark.parametrize(("size", "made"), [((3200, 400), (1600, 200)), ((1600, 10), (1600, 10)),
                                            ((900, 5000), (864, 4800)), ((1, 1), (1, 1))])  # fmt: skip
def test_a_large_picture_becomes_smaller_and_a_small_one_stays(size, made):
    picture = read_picture(io.BytesIO(drawn(size)))
    assert (picture.width, picture.height) == opened(picture.content).size == made


def test_a_turned_picture_stands_upright_and_tells_nothing_of_place_or_camera():
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held upright
    exif[0x010F] = "Camera of somebody"
    exif.get_ifd(0x8825)[1] = "N"
    picture = read_picture(io.BytesIO(drawn((40, 20), "JPEG", exif=exif, comment=b"a secret comment")))
    made = opened(picture.content)
    assert made.size == (20, 40)
    assert not made.getexif()
    assert not {"exif", "xmp", "icc_profile", "comment"} & set(made.info)
    assert b"Camera" not in picture.content
    assert b"secret" not in picture.content


def test_what_is_see_through_stays_so():
    content = io.BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(content, "PNG")
    assert (
        opened(read_picture(io.BytesIO(content.getvalue())).content).convert("RGBA").getpixel((1, 1))[3] == 0
    )


def test_only_the_first_frame_of_a_moving_picture_is_taken():
    frames = [Image.new("P", (9, 9), colour) for colour in (1, 2, 3)]
    content = io.BytesIO()
    frames[0].save(content, "GIF", save_all=True, append_images=frames[1:])
    assert getattr(opened(read_picture(io.BytesIO(content.getvalue())).content), "n_frames", 1) == 1


@pytest.mark.parametrize(("width", "height"), [(50_000, 50_000), (7_000, 7_000), (2**31 - 1, 1)])
def test_a_bomb_is_refused_by_its_head_before_anything_is_decoded(width, height, monkeypatch):
    def decoded(*_):
        raise AssertionError("it was decoded")

    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", decoded)
    with pytest.raises(PictureRefused, match="too many pixels"):
        read_picture(io.BytesIO(png_head(width, height)))


def test_pillows_own_guard_against_bombs_stands():
    assert Image.MAX_IMAGE_PIXELS
    assert Image.MAX_IMAGE_PIXELS >= pictures.PIXEL_LIMIT


def test_a_file_over_five_megabytes_is_refused_unread():
    class Endless(io.RawIOBase):
        def read(self, size=-1):
            assert size == pictures.SIZE_LIMIT + 1
            return b"\x89PNG" + b"x" * (size - 4)

    with pytest.raises(PictureRefused, match="larger than 5 MB"):
        read_picture(Endless())


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"Words.",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"%PDF-1.7",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
        drawn()[:60],
        drawn()[:45] + b"\0" * 20,
        drawn(form="JPEG")[:300],
        drawn(form="TIFF"),
        drawn(form="BMP"),
        png_head(40, 20),
        b"GIF89a" + b"\xff" * 40,
        b"RIFF\x00\x00\x00\x00WEBPVP8 ",
    ],
)
def test_what_is_no_picture_of_these_kinds_is_refused_with_a_sentence(content):
    with pytest.raises(PictureRefused, match="cannot be read as a picture"):
        read_picture(io.BytesIO(content))


def test_the_bytes_decide_and_not_the_name(settings):
    """A JPEG named .png is a picture; its stored name is random and says nothing of it."""
    named = io.BytesIO(drawn(form="JPEG"))
    named.name = "../../evil.png"
    names = {read_picture(io.BytesIO(named.getvalue())).store() for _ in range(2)}
    assert len(names) == 2
    for name in names:
        assert re.fullmatch(r"[0-9a-f]{32}\.webp", name)
        assert (Path(settings.MEDIA_ROOT) / name).read_bytes()[8:12] == b"WEBP"


# --- A full disk ----------------------------------------------------------------


def test_a_picture_for_which_there_is_no_room_is_refused_with_a_sentence(monkeypatch, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    picture = read_picture(io.BytesIO(drawn()))
    monkeypatch.setattr(pictures.shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(1, 1, 0))
    with pytest.raises(PictureRefused, match="There is no room left"):
        picture.must_have_room()


def test_a_picture_has_room_on_a_disk_with_room_before_the_first_one(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "not made yet"
    read_picture(io.BytesIO(drawn())).must_have_room()


def test_of_a_picture_that_could_not_be_written_nothing_is_left(settings, tmp_path):
    """Written by a process that may write no file longer than a thousand bytes."""
    settings.MEDIA_ROOT = tmp_path
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        with pytest.raises(OSError, match="File too large"):
            pictures.Picture(b"x" * 300_000, 1, 1).store()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)
    assert not list(tmp_path.iterdir())
