"""Pictures of guides: decoded, made anew and stored under a random name. Nothing of the file sent is kept."""

from __future__ import annotations

import io
import secrets
import shutil
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _
from PIL import ExifTags, Image

SIZE_LIMIT = 5 * 1024 * 1024
PIXEL_LIMIT = 40_000_000  # about 160 MB once decoded; a telephone's picture has 12 million
WIDEST, TALLEST = 1600, 4800
FORMATS = ("PNG", "JPEG", "WEBP", "GIF")  # asked of the bytes; the name and the claimed type say nothing
QUALITY = 82
ROOM_BESIDE = 1024 * 1024  # for the rows that go with a picture
TURN = Image.Transpose
TURNS = {
    2: TURN.FLIP_LEFT_RIGHT,
    3: TURN.ROTATE_180,
    4: TURN.FLIP_TOP_BOTTOM,
    5: TURN.TRANSPOSE,
    6: TURN.ROTATE_270,
    7: TURN.TRANSVERSE,
    8: TURN.ROTATE_90,
}


class PictureRefused(Exception):
    """This file is not taken; the sentence says why and what would help."""


@dataclass(frozen=True)
class Picture:
    """A picture made anew: no metadata, no second frame, at most `WIDEST` pixels wide."""

    content: bytes
    width: int
    height: int
    ending: str = "webp"

    def store(self) -> str:
        """Write it under a new random name and return the name. Whole, or nothing of it; raises OSError."""
        name = f"{secrets.token_hex(16)}.{self.ending}"
        try:
            return default_storage.save(name, ContentFile(self.content))
        except OSError:
            default_storage.delete(name)
            raise

    def must_have_room(self) -> None:
        """Raises PictureRefused where there is none, before anything else of the form is stored."""
        folder = Path(settings.MEDIA_ROOT)
        free = shutil.disk_usage(folder if folder.exists() else settings.DATA_DIR).free
        if free < len(self.content) + ROOM_BESIDE:
            raise PictureRefused(
                _(
                    "There is no room left for pictures on the server. Tell whoever runs it, and choose the "
                    "picture again later. Nothing else of what you wrote is lost."
                )
            )


def read_picture(file: IO[bytes]) -> Picture:
    """Decode and make anew what was sent. Raises PictureRefused, whatever the bytes are."""
    content = file.read(SIZE_LIMIT + 1)
    if len(content) > SIZE_LIMIT:
        raise PictureRefused(
            _("This file is larger than 5 MB. Make the picture smaller and choose it again.")
        )
    try:
        return _made_anew(content)
    except PictureRefused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise PictureRefused(_too_many_pixels()) from None
    except Exception:  # decoders meet hostile bytes with errors of every kind
        raise PictureRefused(
            _("This file cannot be read as a picture. Use a PNG, JPEG, WebP or GIF file.")
        ) from None


def _made_anew(content: bytes) -> Picture:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the decoder, about odd metadata, which is dropped anyway
        with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
            if opened.width * opened.height > PIXEL_LIMIT:  # told by the head, before anything is decoded
                raise PictureRefused(_too_many_pixels())
            opened.draft("RGB", (WIDEST, WIDEST))
            opened.load()
            picture = _upright(opened.convert("RGBA" if opened.has_transparency_data else "RGB"))
    picture.thumbnail((WIDEST, TALLEST), Image.Resampling.LANCZOS)
    clean = Image.new(picture.mode, picture.size)
    clean.paste(picture)
    made = io.BytesIO()
    clean.save(made, "WEBP", quality=QUALITY, method=4)
    return Picture(made.getvalue(), clean.width, clean.height)


def _upright(picture: Image.Image) -> Image.Image:
    """As the camera was held. Nothing else of its data is read: cameras write much that is not well made."""
    turn = TURNS.get(picture.getexif().get(ExifTags.Base.Orientation, 1))
    return picture if turn is None else picture.transpose(turn)


def _too_many_pixels() -> str:
    return _("This picture has too many pixels to be opened here. Make it smaller and choose it again.")
