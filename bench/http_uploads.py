"""What it takes to upload: from a recording to its queued job, and what a very large file costs the server."""

from __future__ import annotations

import os
import re
import struct
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.http_client import HttpClient
from bench.report import Section, at_most, percentile, progress
from bench.server import make_key, serve

NAME = "uploads"
STEMS = Path(__file__).with_name("stems_pipeline.py")
RECORDING_BYTES, RECORDINGS, QUICK_RECORDINGS = 10_000_000, 100, 10
WARM_UPS = 3
PAUSE_SECONDS = 0.2
LARGE_BYTES, QUICK_LARGE_BYTES = 2_000_000_000, 200_000_000
CHUNK_BYTES = 1 << 20
COLUMNS = ("upload", "p50, s", "p99, s", "growth of the server, MB")
RECORDING_LIMIT_MS = 300.0
GROWTH_LIMIT_MB = 30.0
BOUNDARY = "of-the-benchmark"
FORM_HEAD = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="recording.wav"\r\n\r\n'.encode()
FORM_TAIL = f"\r\n--{BOUNDARY}--\r\n".encode()
FORM_TYPE = f"multipart/form-data; boundary={BOUNDARY}"


@dataclass(frozen=True, slots=True)
class _Way:
    """How a large file comes in."""

    label: str
    path: str
    content_type: str
    head: bytes = b""
    tail: bytes = b""


WAYS = (
    _Way("in a form (`POST /api/assets`)", "/api/assets", FORM_TYPE, FORM_HEAD, FORM_TAIL),
    _Way("as the body (`POST /api/files`)", "/api/files", "application/octet-stream"),
)


def run(quick: bool) -> Section:
    recordings, large_bytes = (QUICK_RECORDINGS, QUICK_LARGE_BYTES) if quick else (RECORDINGS, LARGE_BYTES)
    progress(f"{NAME}: {recordings} recordings of {RECORDING_BYTES / 1e6:.0f} MB")
    taken_ms = _recordings_ms(recordings)
    large = {}
    for way in WAYS:
        progress(f"{NAME}: {large_bytes / 1e9:g} GB {way.label}")
        large[way.label] = _large(way, large_bytes)
    return _section(taken_ms, large, large_bytes)


def _recordings_ms(count: int) -> list[float]:
    """Milliseconds from each request to its answer."""
    pause = threading.Event()
    with _client_of_server(pipeline_files=str(STEMS)) as (client, _):
        taken_ms = []
        for _ in range(WARM_UPS + count):
            body = FORM_HEAD + _wav_head(RECORDING_BYTES) + os.urandom(RECORDING_BYTES) + FORM_TAIL
            pause.wait(PAUSE_SECONDS)
            start = time.monotonic()
            client.send("POST", "/upload", body, {"Content-Type": FORM_TYPE})
            taken_ms.append((time.monotonic() - start) * 1000)
        return taken_ms[WARM_UPS:]


def _large(way: _Way, size_bytes: int) -> tuple[float, float]:
    """Seconds until the answer, and MB by which the server's resident memory was larger at its peak than before."""
    with _client_of_server(workers="0") as (client, pid):
        _upload(client, way, RECORDING_BYTES)
        before_mb = _memory_mb(pid, "VmRSS")
        Path("/proc", str(pid), "clear_refs").write_text("5", encoding="ascii")
        start = time.monotonic()
        _upload(client, way, size_bytes)
        seconds = time.monotonic() - start
        return seconds, _memory_mb(pid, "VmHWM") - before_mb


def _upload(client: HttpClient, way: _Way, size_bytes: int) -> None:
    """A silent WAV file."""

    def body() -> Iterator[bytes]:
        yield way.head + _wav_head(size_bytes)
        silence = bytes(CHUNK_BYTES)
        for sent in range(0, size_bytes, CHUNK_BYTES):
            yield silence[: size_bytes - sent]
        yield way.tail

    length = len(way.head) + len(_wav_head(size_bytes)) + size_bytes + len(way.tail)
    client.send("POST", way.path, body(), {"Content-Type": way.content_type, "Content-Length": str(length)})


@contextmanager
def _client_of_server(**settings: str) -> Iterator[tuple[HttpClient, int]]:
    """A client of a server in a home of its own, and the server's process id."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        key = make_key(Path(folder))
        with serve(Path(folder), **settings) as server:
            server.await_health()
            with closing(HttpClient(server.port, key)) as client:
                yield client, server.process.pid


def _wav_head(data_bytes: int) -> bytes:
    """RIFF header of 16-bit stereo at 48 kHz."""
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 2, 48_000, 192_000, 4, 16)
    return struct.pack("<4sI4s", b"RIFF", 36 + data_bytes, b"WAVE") + form + struct.pack("<4sI", b"data", data_bytes)


def _memory_mb(pid: int, field: str) -> float:
    text = Path("/proc", str(pid), "status").read_text(encoding="ascii")
    found = re.search(rf"^{field}:\s+(\d+) kB$", text, re.MULTILINE)
    assert found is not None, f"/proc/{pid}/status has no {field}."
    return int(found[1]) * 1024 / 1e6


def _section(taken_ms: Sequence[float], large: Mapping[str, tuple[float, float]], large_bytes: int) -> Section:
    p50, p99 = (percentile(taken_ms, percent) for percent in (50, 99))
    rows = [("10 MB, until its job is queued (`POST /upload`)", f"{p50 / 1000:.3f}", f"{p99 / 1000:.3f}", "")]
    for label, (seconds, growth_mb) in large.items():
        rows.append((f"{large_bytes / 1e9:g} GB {label}", f"{seconds:.1f}", "", f"{growth_mb:.1f}"))
    note = (
        f"*10 MB*: {len(taken_ms)} different WAV files, one at a time and {PAUSE_SECONDS * 1000:.0f} ms apart, with "
        "two workers that make a preview of each; until the `202`, which comes after the file was stored, "
        f"hashed and looked into by a child process, and its job was committed. *{large_bytes / 1e9:g} GB*: one silent "
        "WAV file, without workers. *Growth*: the peak of the server's resident memory (VmHWM) against that after an "
        "upload of 10 MB; the process that looks into the file is another."
    )
    growth_mb = max(growth_mb for _, growth_mb in large.values())
    verdicts = [
        at_most("10 MB of audio to `202` with a queued job, p99", [p99], RECORDING_LIMIT_MS, "ms"),
        at_most(f"growth of the server in an upload of {large_bytes / 1e9:g} GB", [growth_mb], GROWTH_LIMIT_MB, "MB"),
    ]
    return Section(NAME, "Uploads over HTTP", COLUMNS, rows, note, verdicts)
