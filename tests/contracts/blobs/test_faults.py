"""F10: each request that S3 gets, with each fault: no half object, no wrong bytes, nothing twice, nothing left over."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from soundstage.blobs.bucket import SINGLE_PUT_BYTES, Patience, Place
from soundstage.blobs.s3 import S3Blobs
from soundstage.core.errors import BlobsUnavailable
from soundstage.testing.s3 import FaultKind, S3Double

SMALL = b"a small file" * 10
LARGE = bytes(range(256)) * (SINGLE_PUT_BYTES // 256) + b"and more"
HOUR = 3600.0
KINDS: tuple[FaultKind, ...] = ("internal_error", "slow_down", "reset", "lost_answer")
CUT_AT_BYTE = 7
SHORT_SECONDS = 0.5
"""What a request may take where the server says nothing."""
LONG_SECONDS = 3.0
"""The same for a request that sends megabytes."""


@dataclass
class Bench:
    """A store, and a second one of another machine: what it reads comes from S3."""

    s3: S3Double
    here: S3Blobs
    there: S3Blobs

    def put(self, data: bytes) -> None:
        blob = self.here.put([data])
        assert blob.sha256 == hashlib.sha256(data).hexdigest()

    def read(self) -> None:
        assert self.there.path(hashlib.sha256(SMALL).hexdigest()).read_bytes() == SMALL

    def read_range(self) -> None:
        assert b"".join(self.there.open_range(hashlib.sha256(SMALL).hexdigest(), 2, 50)) == SMALL[2:50]

    def sweep(self) -> None:
        self.here.sweep(lambda _: False, -HOUR)
        assert not [key for key in self.s3.objects if "/sha256/" in key]

    def confirm(self) -> None:
        assert self.here.take_upload("up_1").size_bytes == len(SMALL)

    def assert_nothing_is_wrong(self) -> None:
        """Whatever lies under a hash has it, and no part of an upload is left."""
        for key, stored in self.s3.objects.items():
            if "/sha256/" in key or "/trash/" in key:
                assert hashlib.sha256(stored.data).hexdigest() == key.rpartition("/")[2]
        assert not [parts for parts in self.s3.multiparts.values() if parts]


def stored(bench: Bench) -> None:
    bench.put(SMALL)


def uploaded(bench: Bench) -> None:
    bench.here.write_upload("up_1", [SMALL])


def nothing(_bench: Bench) -> None:
    """Of what comes, nothing needs to be there before."""


Step = Callable[[Bench], None]
CASES: dict[str, tuple[str, Step, Step]] = {
    "put looks": ("HeadObject", nothing, lambda bench: bench.put(SMALL)),
    "put": ("PutObject", nothing, lambda bench: bench.put(SMALL)),
    "put begins": ("CreateMultipartUpload", nothing, lambda bench: bench.put(LARGE)),
    "put sends a part": ("UploadPart", nothing, lambda bench: bench.put(LARGE)),
    "put ends": ("CompleteMultipartUpload", nothing, lambda bench: bench.put(LARGE)),
    "read": ("GetObject", stored, Bench.read),
    "read looks": ("HeadObject", stored, Bench.read),
    "read a range": ("GetObject", stored, Bench.read_range),
    "sweep lists": ("ListObjectsV2", stored, Bench.sweep),
    "sweep parks": ("CopyObject", stored, Bench.sweep),
    "sweep removes": ("DeleteObject", stored, Bench.sweep),
    "stage": ("PutObject", nothing, uploaded),
    "confirm reads": ("GetObject", uploaded, Bench.confirm),
    "confirm stores": ("PutObject", uploaded, Bench.confirm),
    "confirm cleans": ("DeleteObject", uploaded, Bench.confirm),
}


@pytest.fixture
def open_bench(s3: S3Double, place: Place, tmp_path: Path) -> Callable[[Patience], Bench]:
    def open_one(patience: Patience) -> Bench:
        here, there = (S3Blobs(place, tmp_path / name, patience=patience) for name in ("here", "there"))
        return Bench(s3, here, there)

    return open_one


@pytest.fixture
def bench(open_bench: Callable[[Patience], Bench], haste: Patience) -> Bench:
    return open_bench(haste)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("case", CASES)
def test_a_fault_that_passes_is_not_noticed(bench: Bench, case: str, kind: FaultKind) -> None:
    run_with_one_fault(bench, case, kind)


@pytest.mark.parametrize("case", [case for case in CASES if case not in ("put begins", "put ends")])
def test_a_server_that_says_nothing_for_once_is_not_noticed(
    open_bench: Callable[[Patience], Bench], haste: Patience, case: str
) -> None:
    request_seconds = LONG_SECONDS if case == "put sends a part" else SHORT_SECONDS
    run_with_one_fault(open_bench(replace(haste, request_seconds=request_seconds)), case, "stall")


def run_with_one_fault(bench: Bench, case: str, kind: FaultKind) -> None:
    operation, before, act = CASES[case]
    before(bench)
    bench.s3.fail(operation, kind, at_byte=CUT_AT_BYTE)
    act(bench)
    assert not [fault for fault in bench.s3.faults if fault.times], "the fault was not met"
    bench.assert_nothing_is_wrong()
    assert len([key for key in bench.s3.objects if "/sha256/" in key]) <= 1


@pytest.mark.parametrize("kind", ["internal_error", "slow_down", "reset"])
@pytest.mark.parametrize("case", [case for case in CASES if case != "confirm cleans"])
def test_a_fault_that_stays_is_told_and_leaves_nothing_wrong(bench: Bench, case: str, kind: FaultKind) -> None:
    operation, before, act = CASES[case]
    before(bench)
    bench.s3.fail(operation, kind, times=1000, at_byte=CUT_AT_BYTE)
    with pytest.raises(BlobsUnavailable):
        act(bench)
    bench.assert_nothing_is_wrong()
    bench.s3.faults.clear()
    act(bench)
    bench.assert_nothing_is_wrong()


@pytest.mark.parametrize("kind", ["internal_error", "slow_down", "reset", "lost_answer"])
def test_an_upload_is_confirmed_though_its_staged_bytes_cannot_be_removed(bench: Bench, kind: FaultKind) -> None:
    uploaded(bench)
    bench.s3.fail("DeleteObject", kind, times=1000)
    bench.confirm()
    bench.read()
    bench.s3.faults.clear()
    bench.sweep()
    assert not [key for key in bench.s3.objects if "/uploads/" in key]


@pytest.mark.parametrize("data", [SMALL, LARGE], ids=["small", "large"])
def test_what_was_stored_counts_though_every_answer_was_lost(bench: Bench, data: bytes) -> None:
    operation = "PutObject" if data is SMALL else "CompleteMultipartUpload"
    bench.s3.fail(operation, "lost_answer", times=1000)
    bench.put(data)
    assert bench.s3.requests.count(operation) <= 2
    bench.assert_nothing_is_wrong()
