"""Small real files of each kind, and the library as its users reach it."""

from __future__ import annotations

import base64
import io
import math
import struct
import zipfile
from collections.abc import Callable
from typing import Any

import httpx
import pytest

PNG = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGNgYGAAAAAEAAH2FzhVAAAAAElFTkSuQmCC")


@pytest.fixture
def png() -> bytes:
    return PNG


@pytest.fixture
def wav() -> bytes:
    """A tenth of a second of 440 Hz, 16-bit mono at 8 kHz."""
    samples = b"".join(struct.pack("<h", round(9_000 * math.sin(n * 0.3455))) for n in range(800))
    head = struct.pack(
        "<4sI4s4sIHHIIHH4sI",
        b"RIFF",
        36 + len(samples),
        b"WAVE",
        b"fmt ",
        16,
        1,
        1,
        8_000,
        16_000,
        2,
        16,
        b"data",
        len(samples),
    )
    return head + samples


@pytest.fixture
def zipped() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("one.png", PNG)
        archive.writestr("one.txt", "a tag")
    return content.getvalue()


Add = Callable[..., dict[str, Any]]


@pytest.fixture
def add(api: httpx.Client) -> Add:
    """Adds a file by a form; fields are those of the form."""

    def send(content: bytes = PNG, name: str = "one.png", **fields: str) -> dict[str, Any]:
        answer = api.post("/api/assets", files={"file": (name, content)}, data=fields)
        assert answer.status_code == 201, answer.text
        asset: dict[str, Any] = answer.json()
        return asset

    return send
