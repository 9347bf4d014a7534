"""The library of a real server: tus by its own client, broken and killed uploads, previews by workers, memory."""

from __future__ import annotations

import hashlib
import io
import os
import random
import socket
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import tusclient.client as tusclient

Eventually = Callable[[Callable[[], object], str], None]
COMMAND = Path(sys.executable).with_name("soundstage")
CHEAP = {"password_hashing": "insecure_for_tests"}
PASSWORD = "tall-grass-in-the-wind"
MIB = 1 << 20
CUT_AT = 3 * MIB


def wav(size_bytes: int) -> bytes:
    """Noise, so that no part of it is like another."""
    data = random.Random(size_bytes).randbytes(size_bytes)
    size = len(data).to_bytes(4, "little")
    head = bytes.fromhex("57415645666d7420100000000100010080bb000000770100020010006461746100000000")[:-4]
    return b"RIFF" + (len(data) + 36).to_bytes(4, "little") + head + size + data


@pytest.fixture
def sign_in() -> Callable[[Any, Path], str]:
    """Makes an administrator of the server, and gives an API key."""

    def make(server: Any, folder: Path) -> str:
        (folder / "password").write_text(PASSWORD)
        words = ["user", "create-admin", "--email", "ann@example.com", "--username", "ann"]
        environment = {
            **os.environ,
            "SOUNDSTAGE_HOME": str(server.home),
            "SOUNDSTAGE_PASSWORD_HASHING": CHEAP["password_hashing"],
        }
        subprocess.run([COMMAND, *words, "--password-file", str(folder / "password")], env=environment, check=True)
        answer = server.client.post("/api/auth/login", json={"login": "ann", "password": PASSWORD})
        headers = {"Authorization": f"Bearer {answer.json()['access_token']}"}
        scopes = ["assets:read", "assets:write", "jobs:read", "jobs:write"]
        made = server.client.post("/api/auth/keys", json={"name": "files", "scopes": scopes}, headers=headers)
        assert made.is_success, made.text
        return str(made.json()["key"])

    return make


@pytest.fixture
def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


@pytest.fixture
def open_server(start: Callable[..., Any], tmp_path: Path, free_port: int) -> Callable[[], Any]:
    return lambda: start(tmp_path / "home", port=str(free_port), **CHEAP)


@pytest.fixture
def server(open_server: Callable[[], Any]) -> Any:
    return open_server()


@pytest.fixture
def key(server: Any, sign_in: Callable[[Any, Path], str], tmp_path: Path) -> str:
    return sign_in(server, tmp_path)


@pytest.fixture
def api(server: Any, key: str) -> Iterator[httpx.Client]:
    headers = {"Authorization": f"Bearer {key}"}
    with httpx.Client(base_url=server.client.base_url, headers=headers, timeout=60) as client:
        yield client


@pytest.fixture
def tus(api: httpx.Client, key: str) -> Any:
    return tusclient.TusClient(str(api.base_url.join("/api/assets/tus")), headers={"Authorization": f"Bearer {key}"})


def asset_of(api: httpx.Client, url: str) -> dict[str, Any]:
    asset: dict[str, Any] = api.get(f"/api/assets/{url.rpartition('/')[2]}").json()
    return asset


def told_offset(api: httpx.Client, url: str) -> int:
    return int(api.head(url, headers={"Tus-Resumable": "1.0.0"}).headers["upload-offset"])


def test_the_client_of_tus_uploads_in_pieces_with_checksums(api: httpx.Client, tus: Any) -> None:
    content = wav(5 * MIB)
    metadata = {"filename": "noise.wav", "kind": "audio"}
    uploader = tus.uploader(file_stream=io.BytesIO(content), chunk_size=MIB, metadata=metadata, upload_checksum=True)
    uploader.upload()
    asset = asset_of(api, uploader.url)
    assert (asset["state"], asset["sha256"]) == ("ready", hashlib.sha256(content).hexdigest())


def begin_piece(url: str, key: str, content: bytes) -> socket.socket:
    """Sends the head of a request for all of it, and the first part of its body."""
    address = httpx.URL(url)
    connection = socket.create_connection((address.host, address.port or 80), timeout=30)
    head = (
        f"PATCH {address.path} HTTP/1.1\r\nHost: {address.host}:{address.port}\r\nAuthorization: Bearer {key}\r\n"
        "Tus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\nContent-Type: application/offset+octet-stream\r\n"
        f"Content-Length: {len(content)}\r\n\r\n"
    )
    connection.sendall(head.encode() + content[:CUT_AT])
    return connection


def test_an_upload_goes_on_after_its_connection_was_cut(
    api: httpx.Client, tus: Any, key: str, eventually: Eventually
) -> None:
    content = wav(10 * MIB)
    url = tus.uploader(file_stream=io.BytesIO(content)).create_url()
    connection = begin_piece(url, key, content)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, (1).to_bytes(4, "little") + bytes(4))
    connection.close()  # with a reset
    eventually(lambda: 0 < told_offset(api, url) <= CUT_AT, "what came before the cut counts")
    tus.uploader(file_stream=io.BytesIO(content), url=url, retries=5, retry_delay=0).upload()
    assert asset_of(api, url)["sha256"] == hashlib.sha256(content).hexdigest()


@pytest.mark.slow
def test_an_upload_goes_on_after_the_server_was_killed_in_the_middle(
    server: Any,
    open_server: Callable[[], Any],
    api: httpx.Client,
    tus: Any,
    key: str,
    eventually: Eventually,
) -> None:
    """F15: what the server told to be there is there, and the rest is asked for again."""
    content = wav(40 * MIB)
    url = tus.uploader(file_stream=io.BytesIO(content)).create_url()
    partial = server.home / "uploads" / url.rpartition("/")[2]
    connection = begin_piece(url, key, content)
    connection.sendall(content[CUT_AT : 20 * MIB])
    eventually(lambda: partial.exists() and partial.stat().st_size > 16 * MIB, "half of it has come")
    server.kill()
    connection.close()
    open_server()
    offset = told_offset(api, url)
    assert 8 * MIB <= offset <= 20 * MIB
    tus.uploader(file_stream=io.BytesIO(content), url=url).upload()
    assert asset_of(api, url)["sha256"] == hashlib.sha256(content).hexdigest()
    assert not partial.exists()


def picture(side: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    head = side.to_bytes(4, "big") * 2 + bytes((8, 2, 0, 0, 0))
    lines = b"".join(b"\0" + bytes((line % 256, 0, 0)) * side for line in range(side))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b"")


def test_workers_make_the_previews(api: httpx.Client, eventually: Eventually) -> None:
    def add(name: str, content: bytes) -> str:
        answer = api.post("/api/assets", files={"file": (name, content)})
        assert answer.status_code == 201, answer.text
        return f"/api/assets/{answer.json()['id']}"

    shown, heard = add("one.png", picture(1_000)), add("noise.wav", wav(MIB))
    eventually(lambda: api.get(f"{shown}/thumbnail").status_code == 200, "the picture has its thumbnail")
    thumbnail = api.get(f"{shown}/thumbnail")
    assert thumbnail.headers["content-type"] == "image/jpeg"
    assert thumbnail.content[:3] == b"\xff\xd8\xff"
    assert len(thumbnail.content) < 100_000
    eventually(lambda: api.get(f"{heard}/peaks").status_code == 200, "the sound has its peaks")
    peaks = api.get(f"{heard}/peaks").json()
    assert peaks["length"] * 2 == len(peaks["data"])
    assert (peaks["version"], peaks["bits"]) == (2, 8)
    assert min(peaks["data"]) < -100
    assert api.get(f"{heard}/thumbnail").status_code == 404
    assert api.get(shown).json()["previews"] == ["thumbnail"]
    assert api.get("/api/jobs").json()["jobs"] == []
    assert "asset_preview" not in [pipeline["kind"] for pipeline in api.get("/api/pipelines").json()["pipelines"]]


def memory_kib(pid: int) -> int:
    """What the server and its children have for themselves."""
    tasks = Path(f"/proc/{pid}/task").iterdir()
    children = [int(child) for task in tasks for child in (task / "children").read_text().split()]
    return sum(_private_kib(process) for process in (pid, *children))


def _private_kib(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


@pytest.mark.slow
def test_a_large_file_passes_through_little_memory(server: Any, api: httpx.Client, key: str) -> None:
    api.post("/api/assets", files={"file": ("warm.wav", wav(MIB))})
    before = memory_kib(server.process.pid)
    block = bytes(MIB)
    head = wav(0)[:40] + (255 * MIB).to_bytes(4, "little")

    def body() -> Iterator[bytes]:
        yield b'--edge\r\nContent-Disposition: form-data; name="file"; filename="long.wav"\r\n\r\n' + head
        for _ in range(255):
            yield block
        yield b"\r\n--edge--\r\n"

    answer = api.post("/api/assets", content=body(), headers={"Content-Type": "multipart/form-data; boundary=edge"})
    assert answer.status_code == 201, answer.text
    grown = memory_kib(server.process.pid) - before
    assert grown < 60 << 10, f"The server grew by {grown >> 10} MiB."
