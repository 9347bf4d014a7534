"""Pictures are opened upright, bounded and clean."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from soundstage.core.errors import BadPicture
from soundstage.media.pictures import load_picture, picture_size, save_jpeg

RED = (250, 10, 10)


def saved(path: Path, picture: Image.Image, **options: object) -> Path:
    picture.save(path, **options)  # type: ignore[arg-type]
    return path


@pytest.mark.parametrize("name", ["x.png", "x.jpg", "x.webp"])
def test_each_format_gives_rgb(tmp_path: Path, name: str) -> None:
    picture = load_picture(saved(tmp_path / name, Image.new("RGB", (30, 20), RED)))
    assert (picture.mode, picture.size) == ("RGB", (30, 20))
    assert picture.getpixel((5, 5)) == pytest.approx(RED, abs=5)


def test_a_turned_photograph_stands_upright(tmp_path: Path) -> None:
    photo = Image.new("RGB", (30, 20), RED)
    exif = photo.getexif()
    exif[0x0112] = 6
    path = saved(tmp_path / "x.jpg", photo, exif=exif)
    assert picture_size(path) == (20, 30)
    assert load_picture(path).size == (20, 30)


def test_a_large_picture_is_made_smaller_in_proportion(tmp_path: Path) -> None:
    for name in ("x.png", "x.jpg"):
        picture = load_picture(saved(tmp_path / name, Image.new("RGB", (4000, 1000), RED)), max_pixels=10_000)
        assert picture.size == (200, 50)


def test_transparent_becomes_white(tmp_path: Path) -> None:
    for mode in ("RGBA", "LA"):
        picture = load_picture(saved(tmp_path / "x.png", Image.new(mode, (8, 8))))
        assert picture.getpixel((0, 0)) == (255, 255, 255)


def test_of_an_animation_the_first_frame_is_taken(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (8, 8), colour) for colour in (RED, "blue")]
    for name in ("x.webp", "x.png"):
        path = saved(tmp_path / name, frames[0], save_all=True, append_images=frames[1:])
        assert load_picture(path).getpixel((0, 0)) == pytest.approx(RED, abs=8)


def test_what_is_saved_can_be_read_and_replaces_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "x.jpg"
    path.write_text("old")
    save_jpeg(Image.new("RGBA", (8, 8), RED), path)
    assert Image.open(io.BytesIO(path.read_bytes())).format == "JPEG"
    assert list(tmp_path.iterdir()) == [path]


def test_a_save_that_fails_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "x.jpg"
    path.write_text("old")
    with pytest.raises(ValueError, match="quality"):
        save_jpeg(Image.new("RGB", (70_000, 1)), path, quality="quality")  # type: ignore[arg-type]
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_the_reason_of_a_refusal_says_what_to_use(tmp_path: Path) -> None:
    path = tmp_path / "x.png"
    path.write_bytes(b"no picture")
    with pytest.raises(BadPicture) as raised:
        load_picture(path)
    assert "x.png" in str(raised.value)
    assert "PNG, JPEG or WebP" in raised.value.hint
