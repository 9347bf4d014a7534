"""What an idle server and its two workers hold in memory, and what the server has not loaded."""

from __future__ import annotations

import re
import tempfile
import threading
from pathlib import Path

from bench.report import Section, Verdict, at_most, progress, spread
from bench.server import serve

NAME = "memory"
RUNS, QUICK_RUNS = 3, 1
WORKERS = 2
SETTLED_LOOKS = 4
LOOK_SECONDS = 0.5
COLUMNS = ("process", "PSS, MB", "RSS, MB")
HEAVY = re.compile(r"/(numpy|cv2|av)[./]")


def run(quick: bool) -> Section:
    repeats = QUICK_RUNS if quick else RUNS
    sizes: list[list[tuple[float, float]]] = []
    heavy: set[str] = set()
    for number in range(1, repeats + 1):
        progress(f"{NAME}: run {number} of {repeats}")
        with tempfile.TemporaryDirectory(prefix="bench-") as folder, serve(Path(folder)) as server:
            server.await_health()
            sizes.append(_settled_sizes(server.process.pid))
            heavy |= _heavy_libraries(server.process.pid)
    names = ["server", *(f"worker {number}" for number in range(1, WORKERS + 1))]
    rows = [_row(name, [size[index] for size in sizes]) for index, name in enumerate(names)]
    totals = [(sum(pss for pss, _ in size), sum(rss for _, rss in size)) for size in sizes]
    rows.append(_row("together", totals))
    note = (
        f"{repeats} starts on an empty home, measured when nothing changed any more, from /proc/PID/smaps_rollup. PSS "
        "counts a page that processes share in equal parts, so that the sum is what the machine gives; RSS counts it "
        "in full for each."
    )
    memory = at_most("memory of an idle server with two workers, PSS", [pss for pss, _ in totals], 250.0, "MB")
    light = Verdict("numpy, cv2 and av in the server", "none", ", ".join(sorted(heavy)) or "none", not heavy)
    return Section(NAME, "Memory of an idle server", COLUMNS, rows, note, [memory, light])


def _row(name: str, sizes: list[tuple[float, float]]) -> tuple[str, ...]:
    return name, spread([pss for pss, _ in sizes]), spread([rss for _, rss in sizes])


def _settled_sizes(pid: int) -> list[tuple[float, float]]:
    """PSS and RSS in MB of the server, then of its workers, once all are there and keep their sizes for 2 s."""
    pause = threading.Event()
    sizes: list[tuple[float, float]] = []
    looks = 0
    while looks < SETTLED_LOOKS or len(sizes) <= WORKERS:
        pause.wait(LOOK_SECONDS)
        before, sizes = sizes, [_size_mb(process) for process in (pid, *_children(pid))]
        looks = looks + 1 if _is_same(before, sizes) else 0
    return sizes


def _is_same(before: list[tuple[float, float]], after: list[tuple[float, float]]) -> bool:
    return len(before) == len(after) and all(abs(a - b) < 1.0 for (a, _), (b, _) in zip(before, after, strict=True))


def _children(pid: int) -> list[int]:
    threads = Path("/proc", str(pid), "task").iterdir()
    return [int(child) for thread in threads for child in (thread / "children").read_text(encoding="ascii").split()]


def _size_mb(pid: int) -> tuple[float, float]:
    text = Path("/proc", str(pid), "smaps_rollup").read_text(encoding="ascii")
    kib = {name: int(amount) for name, amount in re.findall(r"^(Pss|Rss):\s+(\d+) kB", text, re.MULTILINE)}
    return kib["Pss"] * 1024 / 1e6, kib["Rss"] * 1024 / 1e6


def _heavy_libraries(pid: int) -> set[str]:
    return set(HEAVY.findall(Path("/proc", str(pid), "maps").read_text(encoding="utf-8")))
