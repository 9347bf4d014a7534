"""Files that are not what they shall be: M, P and Z of the list, sent to the library. None is kept, each says why."""

from __future__ import annotations

import contextlib
import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from soundstage.core.errors import BadInput
from soundstage.media.probe import probe
from soundstage.studio.assets.checks import ContentCheck

Ask = Callable[..., httpx.Response]


def png(width: int, height: int, *more: tuple[bytes, bytes]) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    rest = b"".join(chunk(kind, data) for kind, data in more)
    return b"\x89PNG\r\n\x1a\n" + head + rest + chunk(b"IDAT", zlib.compress(b"\0\0\0\0")) + chunk(b"IEND", b"")


def wav(rate_hz: int = 8_000, channels: int = 1, riff_bytes: int | None = None, samples: int = 800) -> bytes:
    data = bytes(2 * samples * channels)
    riff = 36 + len(data) if riff_bytes is None else riff_bytes
    format_ = struct.pack("<HHIIHH", 1, channels, rate_hz, rate_hz * 2 * channels & 0xFFFFFFFF, 2 * channels, 16)
    head = b"RIFF" + struct.pack("<I", riff) + b"WAVEfmt " + struct.pack("<I", 16) + format_
    return head + b"data" + struct.pack("<I", len(data)) + data


def zipped(*entries: tuple[str, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", method) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return content.getvalue()


ZIP = zipped(("a.png", b"x" * 100), ("a.txt", b"tag"))
END = ZIP.rindex(b"PK\x05\x06")


def with_end(**changes: int) -> bytes:
    names = ("signature", "disk", "start", "here", "entries", "size", "offset", "comment")
    values = dict(zip(names, struct.unpack("<4s4H2LH", ZIP[END:]), strict=True)) | changes
    return ZIP[:END] + struct.pack("<4s4H2LH", *values.values())


FILES: dict[str, tuple[str, bytes]] = {
    "M01": ("audio", b"#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:9/x.ts\n"),
    "M02": ("video", b"#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\nfile:///etc/passwd\n"),
    "M03": ("video", b"ffconcat version 1.0\nfile /etc/passwd\n"),
    "M04": ("video", b'<?xml version="1.0"?><MPD><BaseURL>http://127.0.0.1/</BaseURL></MPD>'),
    "M05": ("audio", b"v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\n"),
    "M10-one-byte": ("audio", b"R"),
    "M10-only-header": ("audio", wav()[:44]),
    "M13-small": ("portrait", png(1, 1)),
    "M16-rate": ("audio", wav(rate_hz=1)),
    "M16-channels": ("audio", wav(channels=255, samples=8)),
    "M21-html-behind-png": ("script", png(1, 1) + b"<script>alert(1)</script>"),
    "P01": ("image", png(30_000, 30_000)),
    "P04": ("image", b"SIMPLE  =                    T" + bytes(2_880)),
    "P05-psd": ("image", b"8BPS\x00\x01" + bytes(64)),
    "P05-eps": ("image", b"%!PS-Adobe-3.0 EPSF-3.0\n"),
    "P05-pdf": ("image", b"%PDF-1.7\n"),
    "P06": ("image", b"II*\x00\x08\x00\x00\x00" + bytes(64)),
    "P07": ("image", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
    "P08": ("image", b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&x;</svg>'),
    "svg-as-script": ("script", b'  <svg onload="alert(1)">'),
    "html-as-script": ("script", b"<!doctype html><p>Hello"),
    "utf16-as-script": ("script", "Hello".encode("utf-16")),
    "late-not-utf8": ("script", b"x" * 70_000 + b"\xff"),
    "Z10": ("dataset_zip", zipped(("zeros.png", bytes(20_000_000)), method=zipfile.ZIP_DEFLATED)),
    "Z15": ("dataset_zip", with_end(entries=65_000, here=65_000)),
    "Z19-offset": ("dataset_zip", with_end(offset=0)),
    "Z19-size": ("dataset_zip", with_end(size=10)),
    "Z19-zip64": ("dataset_zip", with_end(entries=0xFFFF, here=0xFFFF)),
    "Z20": ("dataset_zip", ZIP.replace(b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01")),
    "Z22": ("dataset_zip", ZIP + ZIP[END:]),
    "Z23": ("dataset_zip", ZIP[: len(ZIP) // 2]),
    "Z25-tar": ("dataset_zip", bytes(257) + b"ustar\x0000" + bytes(300)),
    "Z25-rar": ("dataset_zip", b"Rar!\x1a\x07\x00" + bytes(64)),
    "Z25-7z": ("dataset_zip", b"7z\xbc\xaf\x27\x1c" + bytes(64)),
    "empty-zip": ("dataset_zip", zipped()),
}


@pytest.mark.parametrize(("kind", "content"), FILES.values(), ids=FILES)
def test_a_file_that_is_not_what_it_shall_be_is_refused_with_the_reason(
    ask: Ask, used_bytes: Callable[[], int], kind: str, content: bytes
) -> None:
    answer = ask("POST", "/api/assets", files={"file": ("file", content)}, data={"kind": kind})
    assert answer.status_code == 422, answer.text
    problem: dict[str, Any] = answer.json()
    assert problem["code"] in ("bad_media", "bad_picture")
    assert len(problem["detail"]) > 10
    assert used_bytes() == 0


@pytest.mark.parametrize(
    ("kind", "content"),
    [("audio", wav(riff_bytes=0)), ("audio", wav(riff_bytes=0xFFFFFFFF)), ("image", png(1, 1) + ZIP)],
    ids=["M17-zero", "M17-lie", "M21"],
)
def test_harmless_oddities_are_kept_as_what_they_are(ask: Ask, kind: str, content: bytes) -> None:
    answer = ask("POST", "/api/assets", files={"file": ("file.html", content)}, data={"kind": kind})
    assert answer.status_code == 201
    assert answer.json()["kind"] == kind


def test_changed_bytes_are_ready_or_refused_and_never_an_error(tmp_path: Path) -> None:
    """F14: bits flipped and ends cut off, by a fixed seed."""
    chance = random.Random(14)
    check = ContentCheck(probe)
    path = tmp_path / "changed"
    for _ in range(400):
        content = bytearray(chance.choice((ZIP, png(2, 2), wav())))
        for _ in range(chance.randint(1, 6)):
            content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        path.write_bytes(content[: chance.randint(1, len(content))])
        with contextlib.suppress(BadInput):
            check.check(path, None)
