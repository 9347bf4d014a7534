"""Forms and bodies that shall exhaust the server, or lie about themselves: D01, D02, D04, D08, D11."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import httpx
import pytest

Ask = Callable[..., httpx.Response]
EDGE = b"--edge"
FORM = {"Content-Type": "multipart/form-data; boundary=edge"}
FILE = EDGE + b'\r\nContent-Disposition: form-data; name="file"; filename="x.txt"\r\n\r\n'
END = b"\r\n" + EDGE + b"--\r\n"


def field(name: bytes, value: bytes = b"x") -> bytes:
    return EDGE + b'\r\nContent-Disposition: form-data; name="' + name + b'"\r\n\r\n' + value + b"\r\n"


WHOLE_FORMS = {
    "D01-100000-fields": (b"".join(field(b"tags") for _ in range(100_000)) + EDGE + b"--", 413),
    "D01-many-empty-parts": ((EDGE + b'\r\nContent-Disposition: form-data; name="a"\r\n\r\n\r\n') * 1_000, 413),
    "D01-one-huge-field": (field(b"name", b"x" * 100_000) + FILE + b"hello" + END, 413),
    "D01-unknown-field": (field(b"owner", b"ben") + FILE + b"hello" + END, 400),
    "D02-preamble": (b"\r\n" * 1_000_000, 413),
    "D02-preamble-of-text": (b"x" * 2_000_000 + b"\r\n" + FILE + b"hello" + END, 400),
    "D02-epilogue": (FILE + b"hello" + END + b"x" * 2_000_000, 413),
    "huge-header": (EDGE + b"\r\nX: " + b"x" * 100_000 + b"\r\n\r\nhello" + END, 400),
    "many-headers": (EDGE + b"\r\n" + b"X: y\r\n" * 1_000 + b"\r\nhello" + END, 400),
    "no-name": (EDGE + b"\r\nContent-Type: text/plain\r\n\r\nhello" + END, 400),
    "two-files": (FILE + b"one\r\n" + FILE + b"two" + END, 400),
    "no-file": (field(b"kind", b"script") + EDGE + b"--", 400),
    "cut": (FILE + b"hello", 400),
    "empty": (b"", 400),
    "not-utf8": (field(b"name", b"\xff\xfe") + FILE + b"hello" + END, 400),
    "nul-in-kind": (field(b"kind", b"\x00") + FILE + b"hello" + END, 422),
}


@pytest.mark.parametrize(("body", "status"), WHOLE_FORMS.values(), ids=WHOLE_FORMS)
def test_a_form_that_cannot_be_used_is_refused_and_leaves_nothing(
    ask: Ask, used_bytes: Callable[[], int], body: bytes, status: int
) -> None:
    async def in_chunks() -> AsyncIterator[bytes]:
        for start in range(0, len(body), 65_536):
            yield body[start : start + 65_536]

    answer = ask("POST", "/api/assets", content=in_chunks(), headers=FORM)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert (used_bytes(), ask("GET", "/api/assets").json()["assets"]) == (0, [])


@pytest.mark.parametrize(
    "content_type",
    [
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=" + "x" * 5_000,
        "multipart/form-data;" + " ;" * 5_000,
        'multipart/form-data; !="' + '\\"' * 5_000,
        "application/x-www-form-urlencoded",
        "text/plain",
        "",
    ],
    ids=["none", "empty", "D04-long", "D04-semicolons", "D04-quotes", "urlencoded", "text", "missing"],
)
def test_a_content_type_that_is_no_form_is_refused(ask: Ask, content_type: str) -> None:
    answer = ask("POST", "/api/assets", content=b"a;" * 10_000, headers={"Content-Type": content_type})
    assert answer.status_code in (400, 415), answer.text


@pytest.mark.parametrize(
    ("size", "told", "status"),
    [(250_000, None, 413), (250_000, "10", 413), (150_000, "250000", 413), (10, "250000", 413)],
    ids=["D11-chunked-over-the-plan", "D11-says-less", "D11-says-too-much", "D11-says-far-too-much"],
)
def test_a_length_that_lies_frees_what_it_took(
    ask: Ask,
    used_bytes: Callable[[], int],
    leftovers: Callable[[], list[Path]],
    size: int,
    told: str | None,
    status: int,
) -> None:
    async def body() -> AsyncIterator[bytes]:
        for start in range(0, size, 50_000):
            yield b"x" * min(50_000, size - start)

    headers = {} if told is None else {"Content-Length": told}
    answer = ask("POST", "/api/files", content=body(), headers=headers)
    assert answer.status_code == status, answer.text
    assert (used_bytes(), leftovers()) == (0, [])


def test_chunks_beyond_the_storage_are_refused_and_free_what_they_took(ask: Ask, used_bytes: Callable[[], int]) -> None:
    """D11: the storage holds 300,000 bytes, a file of 200,000."""

    def body(letter: bytes) -> AsyncIterator[bytes]:
        async def send() -> AsyncIterator[bytes]:
            for _ in range(18):
                yield letter * 10_000

        return send()

    assert ask("POST", "/api/files", content=body(b"a")).status_code == 201
    refused = ask("POST", "/api/files", content=body(b"b"))
    assert (refused.status_code, refused.json()["code"]) == (429, "limit_reached")
    assert used_bytes() == 180_000


@pytest.mark.parametrize("stalled_body_seconds", [0.3])
@pytest.mark.parametrize("path", ["/api/files", "/api/assets"])
def test_a_body_that_stalls_is_given_up(
    ask: Ask, used_bytes: Callable[[], int], leftovers: Callable[[], list[Path]], path: str
) -> None:
    """D08."""

    async def body() -> AsyncIterator[bytes]:
        yield FILE + b"the beginning"
        await asyncio.Event().wait()

    answer = ask("POST", path, content=body(), headers=FORM)
    assert (answer.status_code, answer.json()["code"]) == (408, "body_stalled")
    assert (used_bytes(), leftovers()) == (0, [])


@pytest.mark.parametrize("stalled_body_seconds", [0.3])
def test_a_body_that_trickles_is_given_up(ask: Ask, used_bytes: Callable[[], int]) -> None:
    """D08: a byte now and then is not enough."""

    async def body() -> AsyncIterator[bytes]:
        while True:
            yield b"x"
            await asyncio.sleep(0.01)

    answer = ask("POST", "/api/files", content=body())
    assert (answer.status_code, answer.json()["code"]) == (408, "body_stalled")
    assert used_bytes() == 0
