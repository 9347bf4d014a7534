"""The two blob stores: a folder, and S3 by way of a server in this process."""

from __future__ import annotations

from pathlib import Path

import pytest

from soundstage.blobs.bucket import Patience, Place
from soundstage.blobs.contract import Blobs
from soundstage.blobs.s3 import S3Blobs
from soundstage.testing.blob_bench import BlobBench, folder_bench, s3_bench
from soundstage.testing.s3 import S3Double


@pytest.fixture
def haste() -> Patience:
    return Patience(
        retries=1, first_pause_seconds=0.001, longest_pause_seconds=0.002, request_seconds=20.0, connect_seconds=5.0
    )


@pytest.fixture
def place(s3: S3Double) -> Place:
    return Place(
        s3.bucket, "a prefix/of ours", s3.endpoint, s3.keys.region, s3.keys.access_key_id, s3.keys.secret_access_key
    )


@pytest.fixture
def s3_blobs(place: Place, s3: S3Double, haste: Patience, tmp_path: Path) -> S3Blobs:
    return S3Blobs(place, tmp_path / "cache", patience=haste, now=lambda: s3.now())


@pytest.fixture(params=["folder", "s3"])
def bench(request: pytest.FixtureRequest, tmp_path: Path) -> BlobBench:
    if request.param == "folder":
        return folder_bench(tmp_path / "blobs")
    return s3_bench(request.getfixturevalue("s3_blobs"), request.getfixturevalue("s3"))


@pytest.fixture
def blobs(bench: BlobBench) -> Blobs:
    return bench.blobs
