"""The corpus P01-P11: hostile pictures. P12, portraits without one face, is held by the avatar engines' tests."""

from __future__ import annotations

import gzip
import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from soundstage.core.errors import BadInput, BadPicture
from soundstage.media.pictures import load_picture, save_jpeg
from soundstage.media.probe import probe

Trap = Any
Build = Callable[[Trap], Path]


def png_chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png(width: int, height: int, *chunks: bytes) -> bytes:
    head = png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    rows = png_chunk(b"IDAT", zlib.compress(bytes((width + 7) // 8 + 1) * height, 9))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunks) + rows + png_chunk(b"IEND", b"")


def saved(trap: Trap, name: str, picture: Image.Image, **options: Any) -> Path:
    picture.save(trap.folder / name, **options)
    return Path(trap.folder / name)


def tiff_with_bad_tiles(trap: Trap) -> Path:
    tags = [(256, 3, 1, 64), (257, 3, 1, 64), (258, 3, 1, 8), (322, 3, 1, 0), (323, 3, 1, 0), (324, 4, 1, 2**32 - 1)]
    entries = b"".join(struct.pack("<HHII", *tag) for tag in tags)
    return Path(trap.file("x.png", b"II*\0\x08\0\0\0" + struct.pack("<H", len(tags)) + entries + bytes(4)))


def svg(body: str, head: str = "") -> Build:
    return lambda trap: trap.file(
        "x.png", f'{head}<svg xmlns="http://www.w3.org/2000/svg">{body.replace("PORT", str(trap.port))}</svg>'
    )


LAUGHS = "<!DOCTYPE x [" + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10)) + "]>"
REFUSED: dict[str, Build] = {
    "P01-30000-a-side": lambda trap: trap.file("x.png", png(30_000, 30_000)),
    "P01-50-megapixels": lambda trap: trap.file("x.png", png(10_000, 5_000)),
    "P01-17000-wide": lambda trap: trap.file("x.png", png(17_000, 2)),
    "P02-text-bomb": lambda trap: trap.file(
        "x.png", png(8, 8, png_chunk(b"iTXt", b"k\0\1\0\0\0" + zlib.compress(bytes(200 << 20), 9)))
    ),
    "P03-animated-gif": lambda trap: saved(
        trap, "x.gif", Image.new("P", (8, 8)), save_all=True, append_images=[Image.new("P", (8, 8), 1)]
    ),
    "P04-fits": lambda trap: trap.file("x.png", b"SIMPLE  =                    T".ljust(2880)),
    "P04-fits-in-gzip": lambda trap: trap.file("x.png", gzip.compress(b"SIMPLE  = T".ljust(1 << 20))),
    "P05-gd": lambda trap: trap.file("x.png", b"\xff\xfe\xff\xff\xff\xff\1\xff\xff\xff\xff" + bytes(100)),
    "P05-psd": lambda trap: trap.file("x.png", b"8BPS\0\1" + bytes(6) + struct.pack(">HIIHH", 3, 9, 9, 8, 3)),
    "P05-eps": lambda trap: trap.file("x.png", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(x) run\n"),
    "P05-pdf": lambda trap: trap.file("x.png", b"%PDF-1.7\n"),
    "P05-icns": lambda trap: trap.file("x.png", b"icns\0\0\0\x10ic07\0\0\0\x08"),
    "P06-tiff-with-bad-tiles": tiff_with_bad_tiles,
    "P07-svg-script": svg("<script>alert(1)</script>"),
    "P07-svg-foreign-object": svg("<foreignObject><body>x</body></foreignObject>"),
    "P07-svg-link": svg('<image href="http://127.0.0.1:PORT/x.png"/>'),
    "P08-svg-billion-laughs": svg("&l9;", LAUGHS),
    "P08-svg-entity": svg("&x;", '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
}
MODES = ("1", "L", "LA", "P", "PA", "RGB", "RGBA", "I;16", "CMYK", "YCbCr")


@pytest.mark.parametrize("case", REFUSED)
def test_a_hostile_picture_is_refused(trap: Trap, case: str) -> None:
    path = REFUSED[case](trap)
    with pytest.raises(BadPicture):
        load_picture(path)


@pytest.mark.parametrize("case", [case for case in REFUSED if "text-bomb" not in case])
def test_the_probe_calls_no_hostile_picture_a_picture(trap: Trap, case: str) -> None:
    path = REFUSED[case](trap)
    try:
        kind: str = probe(path).kind
    except BadInput:
        kind = "refused"
    assert kind in {"refused", "text"}


def test_p03_of_thousands_of_frames_one_is_decoded(trap: Trap) -> None:
    frames = [Image.new("RGB", (8, 8), (n % 256, 0, 0)) for n in range(2000)]
    path = saved(trap, "x.webp", frames[0], save_all=True, append_images=frames[1:], lossless=True)
    assert load_picture(path).getpixel((0, 0)) == (0, 0, 0)


def test_p09_where_a_photograph_was_taken_is_stripped(trap: Trap) -> None:
    photo = Image.new("RGB", (8, 8))
    exif = photo.getexif()
    exif.get_ifd(0x8825)[29] = "2026:01:01 CANARY-GPS"
    exif[0x8825] = exif.get_ifd(0x8825)
    path = saved(trap, "x.jpg", photo, exif=exif)
    assert b"CANARY-GPS" in path.read_bytes()
    save_jpeg(load_picture(path), trap.folder / "out.jpg")
    with Image.open(trap.folder / "out.jpg") as out:
        assert not out.getexif()
    assert b"CANARY-GPS" not in (trap.folder / "out.jpg").read_bytes()


@pytest.mark.parametrize("name", ["x.jpg", "x.png", "x.webp"])
def test_p10_markup_in_metadata_is_stripped(trap: Trap, name: str) -> None:
    photo = Image.new("RGB", (8, 8))
    exif = photo.getexif()
    exif[0x010E] = "<script>alert(1)</script>"
    path = saved(trap, name, photo, exif=exif, icc_profile=b"<script>" * 20, comment=b"<script>")
    assert b"<script>" in path.read_bytes() or name == "x.png"
    picture = load_picture(path)
    assert picture.info == {}
    save_jpeg(picture, trap.folder / "out.jpg")
    assert b"<script>" not in (trap.folder / "out.jpg").read_bytes()


@pytest.mark.parametrize("mode", MODES)
def test_p11_every_way_to_store_grey_shows_the_same_grey(trap: Trap, mode: str) -> None:
    name = "x.jpg" if mode in {"CMYK", "YCbCr"} else "x.png"
    if mode == "I;16":
        picture = Image.fromarray(np.full((8, 8), 128 << 8, dtype=np.uint16))
    else:
        picture = Image.new("RGB", (8, 8), (128, 128, 128)).convert("L" if mode == "PA" else "RGB").convert(mode)
    loaded = load_picture(saved(trap, name, picture.convert("LA") if mode == "PA" else picture))
    assert loaded.mode == "RGB"
    shown = np.asarray(loaded).mean()
    assert shown == pytest.approx(128, abs=2) or mode == "1"


def test_m21_a_picture_with_markup_after_its_end_is_saved_without_it(trap: Trap) -> None:
    buffer = BytesIO()
    Image.new("RGB", (8, 8)).save(buffer, "PNG")
    path = trap.file("x.png", buffer.getvalue() + b"<html><script>CANARY</script>")
    save_jpeg(load_picture(path), trap.folder / "out.jpg")
    assert b"CANARY" not in (trap.folder / "out.jpg").read_bytes()


@pytest.mark.parametrize("sixteenth", range(1, 16))
def test_a_picture_that_ends_too_early_is_refused(trap: Trap, sixteenth: int) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (64, 64, 3), dtype=np.uint8)
    for name in ("x.png", "x.jpg", "x.webp"):
        content = saved(trap, name, Image.fromarray(noise)).read_bytes()
        path = trap.file(name, content[: len(content) * sixteenth // 16])
        with pytest.raises(BadPicture):
            load_picture(path)
