"""Child processes end with their limits, their deadline, their worker, or the watchdog."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from soundstage.core.errors import Cancelled, DiskFull, EngineNotReady, StageTimedOut
from soundstage.media import child
from soundstage.media.child import ChildFailed, ChildTimedOut, Limits, end_all_children, run_child, start_child

FOREVER = ["sh", "-c", "echo $$; exec sleep 600"]


def is_gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_output_and_messages_come_back() -> None:
    finished = run_child(["sh", "-c", "echo out; echo said >&2"], timeout_seconds=10)
    assert (finished.stdout, finished.stderr) == ("out\n", "said")


def test_what_is_given_arrives_at_its_standard_input() -> None:
    assert run_child(["cat"], timeout_seconds=10, stdin=b"words").stdout == "words\n"


def test_without_input_its_standard_input_is_empty() -> None:
    assert run_child(["cat"], timeout_seconds=10).stdout == ""


def test_lines_arrive_while_it_runs() -> None:
    lines: list[str] = []
    run_child(["printf", "a\\nb\\nc"], timeout_seconds=10, on_line=lines.append)
    assert lines == ["a", "b", "c"]


def test_a_line_callback_that_raises_ends_the_child_and_the_exception_goes_on() -> None:
    pids: list[int] = []

    def stop(line: str) -> None:
        pids.append(int(line))
        raise Cancelled

    with pytest.raises(Cancelled):
        run_child(FOREVER, timeout_seconds=60, on_line=stop)
    assert is_gone(pids[0])


def test_an_error_code_is_told_with_the_last_messages() -> None:
    with pytest.raises(ChildFailed, match=r"sh ended with code 3: it broke") as raised:
        run_child(["sh", "-c", "echo it broke >&2; exit 3"], timeout_seconds=10)
    assert raised.value.exit_code == 3


def test_control_characters_in_messages_are_blanked() -> None:
    with pytest.raises(ChildFailed) as raised:
        run_child(["sh", "-c", "printf '\\033[31mred\\007' >&2; exit 1"], timeout_seconds=10)
    assert "\x1b" not in str(raised.value)
    assert "red" in str(raised.value)


def test_a_child_over_its_deadline_is_ended() -> None:
    pids: list[int] = []
    with pytest.raises(ChildTimedOut, match=r"longer than 0.2 seconds"):
        run_child(FOREVER, timeout_seconds=0.2, on_line=lambda line: pids.append(int(line)))
    assert is_gone(pids[0])


def test_a_child_that_talks_all_the_time_is_ended_at_its_deadline_too() -> None:
    with pytest.raises(ChildTimedOut):
        run_child(["yes"], timeout_seconds=0.2)


def test_a_child_that_ignores_the_request_to_end_is_killed() -> None:
    code = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); signal.pause()"
    with start_child(python(code)) as running:
        assert next(running.lines(30)) == "up"
        running.end(grace_seconds=0.05)
        assert is_gone(running.pid)


@pytest.mark.parametrize("reason", [Cancelled(), StageTimedOut()], ids=lambda reason: type(reason).__name__)
def test_ending_all_children_wakes_the_thread_that_waits_with_the_reason(reason: BaseException) -> None:
    enders: list[threading.Thread] = []

    def end_from_another_thread(line: str) -> None:
        enders.append(threading.Thread(target=end_all_children, args=(reason,)))
        enders[0].start()

    with pytest.raises(type(reason)):
        run_child(FOREVER, timeout_seconds=60, on_line=end_from_another_thread)
    enders[0].join()
    assert not child._live


def test_a_kill_of_the_worker_ends_the_child() -> None:
    code = (
        "import os; from soundstage.media.child import start_child\n"
        "running = start_child(['sleep', '600'], cwd=__import__('pathlib').Path('/'))\n"
        "print(running.pid, flush=True); input(); os.kill(os.getpid(), 9)"
    )
    with subprocess.Popen(python(code), stdin=subprocess.PIPE, stdout=subprocess.PIPE) as worker:
        assert worker.stdout is not None
        watched = os.pidfd_open(int(worker.stdout.readline()))
        worker.communicate(b"\n")
    assert worker.returncode == -signal.SIGKILL
    assert select.select([watched], [], [], 10)[0], "the child lives on"
    os.close(watched)


def test_the_child_stays_in_the_process_group_of_the_worker() -> None:
    assert run_child(python("import os; print(os.getpgid(0))"), timeout_seconds=30).stdout == f"{os.getpgrp()}\n"


def test_the_environment_holds_no_secret_of_the_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOUNDSTAGE_SECRET", "hidden")
    printed = run_child(["env"], timeout_seconds=10, environment={"GIVEN": "1"}).stdout
    assert "hidden" not in printed
    assert "GIVEN=1" in printed


def test_its_folder_is_private_and_removed_after_it() -> None:
    folder = Path(run_child(["pwd"], timeout_seconds=10).stdout.strip())
    assert folder != Path.cwd()
    assert not folder.exists()


def test_a_file_over_the_limit_is_a_full_disk() -> None:
    with pytest.raises(DiskFull):
        run_child(
            ["sh", "-c", "exec head -c 2000000 /dev/zero > big"], timeout_seconds=10, limits=Limits(file_bytes=10**6)
        )


def test_a_device_without_space_is_a_full_disk() -> None:
    with pytest.raises(DiskFull):
        run_child(["sh", "-c", "exec cat /etc/hostname > /dev/full"], timeout_seconds=10)


def test_memory_over_the_limit_is_refused_to_the_child() -> None:
    with pytest.raises(ChildFailed, match="MemoryError"):
        run_child(python("bytearray(10**9)"), timeout_seconds=30, limits=Limits(memory_bytes=500 << 20))


def test_no_core_file_is_written() -> None:
    limits = run_child(python("import resource; print(resource.getrlimit(resource.RLIMIT_CORE))"), timeout_seconds=30)
    assert limits.stdout == "(0, 0)\n"


def test_endless_messages_neither_block_nor_fill_memory() -> None:
    with pytest.raises(ChildFailed) as raised:
        run_child(["sh", "-c", "head -c 3000000 /dev/zero | tr '\\0' x >&2; exit 1"], timeout_seconds=30)
    assert 0 < len(raised.value.stderr) <= child.STDERR_KEPT_BYTES


def test_a_program_that_is_not_there_is_named() -> None:
    with pytest.raises(EngineNotReady, match="no-such-program"):
        run_child(["no-such-program"], timeout_seconds=1)


def test_no_code_of_ours_runs_between_fork_and_exec(tmp_path: Path) -> None:
    """Other threads may hold locks of the database then, and nobody would let them go in the child."""
    script = f"""
import os
from pathlib import Path
from soundstage.media.child import run_child
os.register_at_fork(after_in_child=Path({str(tmp_path / "ran")!r}).touch)
run_child(["true"], timeout_seconds=20)
"""
    subprocess.run([sys.executable, "-c", script], check=True)
    assert not (tmp_path / "ran").exists()
