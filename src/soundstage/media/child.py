"""The one place that starts child processes: with limits, a deadline, and an end that always comes."""

from __future__ import annotations

import os
import resource
import selectors
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO

from soundstage.core.errors import Cancelled, DiskFull, EngineFailed, EngineNotReady

MIB = 1 << 20
STDERR_KEPT_BYTES = 8 << 10
STDOUT_KEPT_BYTES = MIB
LONGEST_LINE_BYTES = 64 << 10
GRACE_SECONDS = 2.0
DISK_FULL_MESSAGES = ("No space left on device", "Disk quota exceeded", "File too large")
_live: set[Child] = set()
_live_lock = threading.Lock()


class ChildFailed(EngineFailed):
    """A child process ended with an error."""

    def __init__(self, message: str, *, exit_code: int | None, stderr: str) -> None:
        super().__init__(message)
        self.exit_code = exit_code
        self.stderr = stderr


class ChildTimedOut(ChildFailed):
    """A child process took longer than it may."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one child may use. `memory_bytes` is address space; `file_bytes` bounds each file that it writes."""

    memory_bytes: int = 4096 * MIB
    file_bytes: int = 16384 * MIB
    cpu_seconds: int = 4 * 3600


@dataclass(frozen=True, slots=True)
class Finished:
    """What a child that ended well left: the last MiB of its output, the last KiB of its messages."""

    stdout: str
    stderr: str


class Child:
    """A running child. Leaving its `with` block ends and reaps it, whatever happened inside."""

    def __init__(self, name: str, process: subprocess.Popen[bytes], resources: ExitStack) -> None:
        self.name = name
        self._process = process
        self._resources = resources
        self._pidfd = os.pidfd_open(process.pid)
        self._reason: BaseException | None = None
        self._stderr = bytearray()
        self._stderr_reader = threading.Thread(target=self._drain_stderr, name=f"{self.name}-stderr", daemon=True)
        self._stderr_reader.start()

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def stdin(self) -> IO[bytes]:
        """The pipe to the child. Only of a child started with `stdin=subprocess.PIPE`."""
        assert self._process.stdin is not None  # noqa: S101 - a mistake of the caller, not of the data
        return self._process.stdin

    @property
    def stderr(self) -> str:
        """The last KiB of the child's messages, without control characters."""
        text = self._stderr.decode("utf-8", "replace")
        return "".join(c if c.isprintable() or c == "\n" else " " for c in text).strip()

    def lines(self, timeout_seconds: float) -> Iterator[str]:
        """The lines of its output until it ends. Raises ChildTimedOut."""
        rest = b""
        for chunk in self._chunks(time.monotonic() + timeout_seconds, timeout_seconds):
            *whole, rest = (rest + chunk).split(b"\n")
            yield from (line.decode("utf-8", "replace") for line in whole)
            if len(rest) > LONGEST_LINE_BYTES:
                yield rest.decode("utf-8", "replace")
                rest = b""
        if rest:
            yield rest.decode("utf-8", "replace")

    def check(self, timeout_seconds: float) -> None:
        """Wait for the end. Raises what it failed with: DiskFull, ChildFailed, or the reason it was ended for."""
        for _ in self.lines(timeout_seconds):
            pass
        exit_code = self._process.wait()
        self._stderr_reader.join(timeout=1)
        if self._reason is not None:
            raise self._reason
        if exit_code == 0:
            return
        if exit_code == -signal.SIGXFSZ or any(text in self.stderr for text in DISK_FULL_MESSAGES):
            raise DiskFull(f"The disk is full: {self.name} could not write its file.")
        raise ChildFailed(_failure(self.name, exit_code, self.stderr), exit_code=exit_code, stderr=self.stderr)

    def end(self, reason: BaseException | None = None, grace_seconds: float = GRACE_SECONDS) -> None:
        """SIGTERM, then SIGKILL after the grace. Safe from any thread; wakes the thread that waits for the child."""
        if self._process.poll() is None:
            self._reason = self._reason or reason
            self._process.terminate()
        try:
            self._process.wait(grace_seconds)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def __enter__(self) -> Child:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.end()
        with _live_lock:
            _live.discard(self)
        self._stderr_reader.join(timeout=1)
        self._close_pipes()
        self._resources.close()

    def _chunks(self, deadline: float, timeout_seconds: float) -> Iterator[bytes]:
        with selectors.DefaultSelector() as selector:
            selector.register(self._pidfd, selectors.EVENT_READ)
            output = self._process.stdout
            if output is not None and not output.closed:
                selector.register(output, selectors.EVENT_READ)
            while True:
                left = deadline - time.monotonic()
                ready = [key.fileobj for key, _ in selector.select(left)] if left > 0 else []
                if not ready:
                    raise self._timed_out(timeout_seconds)
                if output not in ready:
                    return
                chunk = os.read(output.fileno(), LONGEST_LINE_BYTES) if output is not None else b""
                if chunk:
                    yield chunk
                elif output is not None:
                    selector.unregister(output)

    def _timed_out(self, timeout_seconds: float) -> ChildTimedOut:
        message = f"{self.name} was ended: it took longer than {timeout_seconds:g} seconds."
        return ChildTimedOut(message, exit_code=None, stderr=self.stderr)

    def _drain_stderr(self) -> None:
        stream = self._process.stderr
        if stream is None:
            return
        while chunk := os.read(stream.fileno(), LONGEST_LINE_BYTES):
            self._stderr += chunk
            del self._stderr[:-STDERR_KEPT_BYTES]

    def _close_pipes(self) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        if self._process.stderr is not None and not self._stderr_reader.is_alive():
            self._process.stderr.close()
        os.close(self._pidfd)


def start_child(
    argv: Sequence[str],
    *,
    cwd: Path | None = None,
    environment: Mapping[str, str] | None = None,
    limits: Limits | None = None,
    stdin: int | IO[bytes] = subprocess.DEVNULL,
    stdout: int | IO[bytes] = subprocess.PIPE,
    limits_itself: bool = False,
) -> Child:
    """Start `argv` for use in a `with` block. Without `cwd` it gets a private folder that is removed after it.

    The child dies with the *thread* that started it (prctl(2) PR_SET_PDEATHSIG), so that no kill of the worker leaves
    it behind. It stays in the worker's process group. Raises EngineNotReady where there is no such program.

    No code of ours runs between fork and exec: it can block for ever where other threads use the database. setpriv(1)
    and prlimit(1) prepare the child and become it. A program of ours that calls `limit_itself` does without them, and
    has to end by itself when its input does.
    """
    with ExitStack() as stack:
        folder = cwd or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="soundstage-")))
        wanted = _environment(folder, environment or {})
        process = subprocess.Popen(
            list(argv) if limits_itself else _prepared(argv, limits or Limits(), wanted["PATH"]),
            cwd=folder,
            env=wanted,
            stdin=stdin,
            stdout=stdout,
            stderr=subprocess.PIPE,
            bufsize=0,
        )
        child = Child(Path(argv[0]).name, process, stack.pop_all())
    with _live_lock:
        _live.add(child)
    return child


def run_child(
    argv: Sequence[str],
    *,
    timeout_seconds: float,
    cwd: Path | None = None,
    environment: Mapping[str, str] | None = None,
    limits: Limits | None = None,
    stdin: bytes | None = None,
    on_line: Callable[[str], None] | None = None,
) -> Finished:
    """Run `argv` to its end. `on_line` gets each line of output and may raise: the child is ended, the error goes on.

    Raises ChildFailed, ChildTimedOut, DiskFull, EngineNotReady, or what `end_all_children` was given.
    """
    deadline = time.monotonic() + timeout_seconds
    kept = bytearray()
    with ExitStack() as stack:
        given = subprocess.DEVNULL if stdin is None else _as_file(stdin, stack)
        child = stack.enter_context(start_child(argv, cwd=cwd, environment=environment, limits=limits, stdin=given))
        for line in child.lines(timeout_seconds):
            kept += line.encode() + b"\n"
            del kept[:-STDOUT_KEPT_BYTES]
            if on_line is not None:
                on_line(line)
        child.check(max(deadline - time.monotonic(), 1.0))
        return Finished(stdout=kept.decode("utf-8", "replace"), stderr=child.stderr)


def limit_itself(limits: Limits) -> None:
    """For a child of ours, before it touches anything from outside."""
    for kind, value in _resource_limits(limits):
        resource.setrlimit(kind, (value, value))


def end_all_children(reason: BaseException | None = None, grace_seconds: float = GRACE_SECONDS) -> None:
    """End each live child of this process. For the watchdog's thread: the threads that wait for them get `reason`."""
    with _live_lock:
        children = list(_live)
    enders = [
        threading.Thread(target=child.end, args=(reason or Cancelled(), grace_seconds), daemon=True)
        for child in children
    ]
    for ender in enders:
        ender.start()
    for ender in enders:
        ender.join()


def _environment(folder: Path, extra: Mapping[str, str]) -> dict[str, str]:
    path = os.environ.get("PATH", os.defpath)
    return {"PATH": path, "HOME": str(folder), "TMPDIR": str(folder), "LANG": "C.UTF-8", **extra}


def _prepared(argv: Sequence[str], limits: Limits, path: str) -> list[str]:
    for program in ("setpriv", "prlimit", argv[0]):
        if shutil.which(program, path=path) is None:
            hint = "Install it, or correct its path in the settings. setpriv and prlimit come with util-linux."
            raise EngineNotReady(f"The program {program} is not there or may not be run.", hint=hint)
    options = [f"--{_PRLIMIT_OPTIONS[kind]}={value}" for kind, value in _resource_limits(limits)]
    return ["setpriv", "--pdeathsig", "KILL", "prlimit", *options, *argv]


_PRLIMIT_OPTIONS = {
    resource.RLIMIT_AS: "as",
    resource.RLIMIT_FSIZE: "fsize",
    resource.RLIMIT_CPU: "cpu",
    resource.RLIMIT_CORE: "core",
}


def _resource_limits(limits: Limits) -> list[tuple[int, int]]:
    wanted = [
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_FSIZE, limits.file_bytes),
        (resource.RLIMIT_CPU, limits.cpu_seconds),
        (resource.RLIMIT_CORE, 0),
    ]
    return [(kind, _within_hard_limit(kind, value)) for kind, value in wanted]


def _within_hard_limit(kind: int, value: int) -> int:
    hard = resource.getrlimit(kind)[1]
    return value if hard == resource.RLIM_INFINITY else min(value, hard)


def _as_file(content: bytes, stack: ExitStack) -> IO[bytes]:
    # A file and not a pipe: a child that reads late or never cannot block us.
    file = stack.enter_context(tempfile.TemporaryFile())  # noqa: SIM115 - the stack is its context manager
    file.write(content)
    file.seek(0)
    return file


def _failure(name: str, exit_code: int, stderr: str) -> str:
    ending = f"by {signal.Signals(-exit_code).name}" if exit_code < 0 else f"with code {exit_code}"
    said = stderr.splitlines()[-3:]
    return f"{name} ended {ending}" + (f": {' / '.join(said)}" if said else ".")
