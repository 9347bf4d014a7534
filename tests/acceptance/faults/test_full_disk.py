"""F09: a disk that is full: clear errors, nothing half-written, and work goes on once there is space."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.acceptance.faults.figures import record
from tests.acceptance.faults.rig import Rig

from soundstage.blobs.folder import FolderBlobs
from soundstage.core.errors import DiskFull
from soundstage.core.states import JobState
from soundstage.studio.jobs import Order

MIB = 1 << 20
DISK_BYTES = 16 * MIB


class SmallDisk:
    """A file system of 16 MiB with a file on it that takes up what a test does not want to be free."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._filler = root / "filler"

    def fill(self, left_bytes: int = 0) -> None:
        """Until no more is left than that, whatever others write meanwhile."""
        with self._filler.open("ab", buffering=0) as file:
            while (free_bytes := self._free_bytes() - left_bytes) > 0:
                try:
                    file.write(bytes(min(free_bytes, MIB)))
                except OSError:
                    return

    def _free_bytes(self) -> int:
        usage = os.statvfs(self.root)
        return usage.f_bavail * usage.f_frsize

    def free(self) -> None:
        self._filler.unlink()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    root = tmp_path / "disk"
    root.mkdir()
    if not is_mounted(root):
        pytest.skip("A small disk can only be mounted by root; the limit on the size of files is tested without.")
    yield SmallDisk(root)
    subprocess.run([program("umount"), "--lazy", str(root)], check=True)


def is_mounted(root: Path) -> bool:
    order = [program("mount"), "-t", "tmpfs", "-o", f"size={DISK_BYTES}", "tmpfs", str(root)]
    return subprocess.run(order, capture_output=True, check=False).returncode == 0


def program(name: str) -> str:
    return shutil.which(name) or name


@pytest.fixture
def rig_on_disk(disk: SmallDisk, tmp_path: Path, make_rig: Callable[[Path], Rig]) -> Rig:
    """Its ledger lies on the large disk."""
    rig = make_rig(disk.root / "home")
    rig.ledger_folder = tmp_path
    return rig


@pytest.mark.parametrize(
    ("pipeline", "size_bytes"),
    [pytest.param("write_much", 8 * MIB, id="work folder"), pytest.param("keep_much", 3 * MIB, id="blobs")],
)
def test_a_stage_on_a_full_disk_fails_clearly_and_a_retry_goes_on(
    pipeline: str, size_bytes: int, rig_on_disk: Rig, disk: SmallDisk
) -> None:
    rig = rig_on_disk
    rig.start()
    rig.wait_for_state(rig.order("log_and_end"), JobState.SUCCEEDED)
    disk.fill(left_bytes=4 * MIB)
    job_id = rig.order(pipeline, size_bytes=size_bytes)
    rig.wait_for_state(job_id, JobState.FAILED)
    error = rig.part(job_id).error
    assert error is not None
    assert error.code == "disk_full"
    assert rig.job(job_id).stages[0].artifacts == []
    assert not list((rig.home / "blobs" / "incoming").iterdir()), "half a file was left"
    assert not [path for path in (rig.home / "blobs" / "sha256").glob("*/*") if path.stat().st_size >= size_bytes]
    rig.check_database()
    disk.free()
    rig.orders.jobs.retry(job_id)
    seconds = rig.wait_for_state(job_id, JobState.SUCCEEDED)
    record("F09", what=pipeline, free_to_done_seconds=seconds, half_files=0, integrity="ok")


def test_a_full_database_refuses_orders_keeps_results_and_goes_on_by_itself(
    rig_on_disk: Rig, disk: SmallDisk, tmp_path: Path
) -> None:
    rig = rig_on_disk
    rig.start()
    job_id = rig.order("tell_much", size_bytes=MIB)
    rig.wait_for_line("begin")
    disk.fill()
    large = Order("log_and_end", {"ledger": str(rig.ledger)}, description="x" * 500_000)
    with pytest.raises(DiskFull, match="full"):
        rig.orders.jobs.create(large)
    Path(f"{rig.ledger}-go").touch()
    rig.wait_for_line("told")
    assert len(rig.jobs()) == 1, "half an order was kept"
    assert rig.job(job_id).state is JobState.RUNNING
    disk.free()
    seconds = rig.wait_for_state(job_id, JobState.SUCCEEDED)
    assert rig.results(job_id) == ["completed"], "the stage ran again"
    rig.wait_for_state(rig.orders.jobs.create(large), JobState.SUCCEEDED)
    rig.check_database()
    rig.check_histories()
    record("F09", what="database", free_to_done_seconds=seconds, stages_run_again=0, integrity="ok")


def test_a_file_over_the_limit_of_the_process_is_a_full_disk_and_leaves_nothing(tmp_path: Path) -> None:
    blobs = FolderBlobs(tmp_path)
    with largest_file(MIB), pytest.raises(DiskFull):
        blobs.put([bytes(MIB), b"one byte more"])
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert blobs.put([bytes(MIB), b"one byte more"]).size_bytes == MIB + 13


@contextmanager
def largest_file(size_bytes: int) -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size_bytes, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
