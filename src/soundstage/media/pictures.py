"""Pictures from outside: three formats, bounded before they are decoded, upright, and free of metadata."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from soundstage.core.errors import BadPicture
from soundstage.media.files import whole_file

if TYPE_CHECKING:
    from PIL.Image import Image

FORMATS = ("PNG", "JPEG", "WEBP")
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 16_384
MOST_FILE_BYTES = 64 << 20
HINT = "Use a PNG, JPEG or WebP picture of at most 40 megapixels and 16384 pixels a side."


def picture_size(path: Path) -> tuple[int, int]:
    """Width and height in pixels, as seen (EXIF orientation applied), without decoding. Raises BadPicture."""
    from PIL import ExifTags

    with _opened(path) as picture:
        turned = picture.getexif().get(ExifTags.Base.Orientation, 1) in (5, 6, 7, 8)
        return (picture.height, picture.width) if turned else (picture.width, picture.height)


def load_picture(path: Path, max_pixels: int = MOST_PIXELS) -> Image:
    """The picture upright, in RGB, without metadata, made smaller where it has more than `max_pixels`.

    Of an animation it is the first frame; what is transparent becomes white. Raises BadPicture.
    """
    from PIL import ImageOps

    with _opened(path) as picture:
        picture.draft(None, _fitting(picture.size, max_pixels))
        upright = ImageOps.exif_transpose(picture)
        return _without_metadata(_shrunk(_to_rgb(upright), max_pixels))


def save_jpeg(picture: Image, path: Path, quality: int = 90) -> None:
    """Write `path` whole or not at all, without metadata."""
    with whole_file(path) as unfinished:
        picture.convert("RGB").save(unfinished, "JPEG", quality=quality, optimize=True)


@contextmanager
def _opened(path: Path) -> Iterator[Image]:
    from PIL import Image

    if path.stat().st_size > MOST_FILE_BYTES:
        raise BadPicture(f"{path.name} is larger than {MOST_FILE_BYTES >> 20} MiB.", hint=HINT)
    # Pillow looks at this before a decoder allocates its canvas.
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path, formats=FORMATS) as picture:
                _check_size(picture.size, path.name)
                yield picture
    except BadPicture:
        raise
    except Exception as error:  # decoders raise almost anything on bytes that lie
        raise BadPicture(f"{path.name} is not a picture that can be read: {error}.", hint=HINT) from error


def _check_size(size: tuple[int, int], name: str) -> None:
    width, height = size
    if max(size) > LONGEST_SIDE or width * height > MOST_PIXELS:
        raise BadPicture(f"{name} is too large: {width}x{height} pixels.", hint=HINT)


def _fitting(size: tuple[int, int], max_pixels: int) -> tuple[int, int]:
    scale = min(1.0, (max_pixels / (size[0] * size[1])) ** 0.5)
    return max(1, int(size[0] * scale)), max(1, int(size[1] * scale))


def _to_rgb(picture: Image) -> Image:
    if picture.mode.startswith("I"):
        return _from_16_bit(picture)
    if picture.has_transparency_data:
        return _on_white(picture.convert("RGBA"))
    return picture.convert("RGB")


def _from_16_bit(picture: Image) -> Image:
    import numpy as np
    from PIL import Image

    return Image.fromarray((np.asarray(picture, dtype=np.uint32) >> 8).astype(np.uint8)).convert("RGB")


def _on_white(picture: Image) -> Image:
    from PIL import Image

    paper = Image.new("RGB", picture.size, "white")
    paper.paste(picture, mask=picture.getchannel("A"))
    return paper


def _shrunk(picture: Image, max_pixels: int) -> Image:
    fitting = _fitting(picture.size, max_pixels)
    return picture if fitting == picture.size else picture.resize(fitting, reducing_gap=2.0)


def _without_metadata(picture: Image) -> Image:
    picture.info = {}
    return picture
