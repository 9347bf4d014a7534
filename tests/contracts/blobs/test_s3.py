"""What only S3 does: keys, the trash, servers that know less, damaged objects, and clear words where it fails."""

from __future__ import annotations

import hashlib
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from soundstage.blobs.bucket import Patience, Place
from soundstage.blobs.cache import IDLE_SECONDS
from soundstage.blobs.s3 import S3Blobs, bucket_of
from soundstage.core.errors import BadInput, BlobNotFound, BlobsUnavailable, DiskFull
from soundstage.testing.s3 import S3Double

NOTE = b"a note of four words"
SHA256 = hashlib.sha256(NOTE).hexdigest()
KEY = f"a prefix/of ours/sha256/{SHA256[:2]}/{SHA256}"
HOUR = 3600.0


@pytest.fixture
def elsewhere(place: Place, haste: Patience, tmp_path: Path) -> S3Blobs:
    """The store as another machine sees it: with a cache that is empty and holds a hundred bytes."""
    return S3Blobs(place, tmp_path / "elsewhere", cache_bytes=100, patience=haste)


def age(s3: S3Double, seconds: float) -> None:
    s3.objects.update({key: replace(o, modified=o.modified - seconds) for key, o in s3.objects.items()})


def test_the_key_of_a_blob_is_made_of_its_hash(s3_blobs: S3Blobs, s3: S3Double) -> None:
    s3_blobs.put([NOTE])
    assert {key: o.data for key, o in s3.objects.items()} == {KEY: NOTE}


def test_a_blob_that_is_there_is_not_sent_again(s3_blobs: S3Blobs, elsewhere: S3Blobs, s3: S3Double) -> None:
    s3_blobs.put([NOTE])
    elsewhere.put([NOTE])
    assert s3.requests.count("PutObject") == 1


def test_what_another_machine_stored_is_read_from_s3_once(s3_blobs: S3Blobs, elsewhere: S3Blobs, s3: S3Double) -> None:
    s3_blobs.put([NOTE])
    assert elsewhere.path(SHA256).read_bytes() == NOTE
    assert elsewhere.path(SHA256).stat().st_mode & 0o777 == 0o444
    assert s3.requests.count("GetObject") == 1


def test_a_server_that_knows_no_conditions_is_written_without(s3_blobs: S3Blobs, s3: S3Double) -> None:
    s3.knows_conditions = False
    s3_blobs.put([NOTE])
    refused = s3.requests.count("PutObject")
    s3_blobs.put([b"another"])
    assert s3.requests.count("PutObject") == refused + 1
    assert sorted(o.data for o in s3.objects.values()) == [NOTE, b"another"]


def test_a_conflict_with_one_who_writes_the_same_key_is_tried_again(s3_blobs: S3Blobs, s3: S3Double) -> None:
    s3.fail("PutObject", "conflict")
    assert s3_blobs.put([NOTE]).sha256 == SHA256
    assert s3.objects[KEY].data == NOTE


def test_an_object_of_another_size_is_written_anew(s3_blobs: S3Blobs, s3: S3Double) -> None:
    s3.keep(KEY, NOTE[:5])
    s3_blobs.put([NOTE])
    assert s3.objects[KEY].data == NOTE


def test_an_object_that_is_not_what_its_key_says_is_never_given_out(
    s3_blobs: S3Blobs, s3: S3Double, tmp_path: Path
) -> None:
    s3.keep(KEY, NOTE[::-1])
    with pytest.raises(BlobsUnavailable, match="is something else"):
        s3_blobs.path(SHA256)
    assert not [path for path in (tmp_path / "cache").rglob("*") if path.is_file() and path.name != "lock"]


def test_an_upload_that_changes_while_it_is_taken_is_stored_as_it_was_hashed(s3_blobs: S3Blobs, s3: S3Double) -> None:
    s3_blobs.write_upload("up_1", [NOTE])

    def change(operation: str) -> None:
        if operation == "PutObject":
            s3.keep("a prefix/of ours/uploads/up_1", b"something else")

    s3.before = change
    assert s3_blobs.take_upload("up_1").sha256 == SHA256
    assert s3.objects[KEY].data == NOTE


def test_a_swept_blob_can_be_read_until_the_trash_is_emptied(
    s3_blobs: S3Blobs, elsewhere: S3Blobs, s3: S3Double
) -> None:
    s3_blobs.put([NOTE])
    age(s3, 2 * HOUR)
    assert s3_blobs.sweep(lambda _: False, HOUR) == 1
    assert KEY not in s3.objects
    assert elsewhere.path(SHA256).read_bytes() == NOTE
    assert KEY in s3.objects
    for _ in range(2):
        age(s3, 2 * HOUR)
        s3_blobs.sweep(lambda _: False, HOUR)
    age(s3, 2 * HOUR)
    s3_blobs.sweep(lambda _: False, HOUR)
    assert not s3.objects
    with pytest.raises(BlobNotFound):
        elsewhere.size_bytes(SHA256)


def test_what_a_row_points_to_leaves_the_trash(s3_blobs: S3Blobs, s3: S3Double) -> None:
    s3_blobs.put([NOTE])
    age(s3, 2 * HOUR)
    s3_blobs.sweep(lambda _: False, HOUR)
    s3_blobs.sweep(lambda _: True, HOUR)
    assert list(s3.objects) == [KEY]


def test_a_sweep_sees_every_page_of_the_list(s3_blobs: S3Blobs, s3: S3Double) -> None:
    s3.page_size = 2
    for number in range(5):
        s3_blobs.put([b"%d" % number])
    age(s3, 2 * HOUR)
    assert s3_blobs.sweep(lambda _: False, HOUR) == 5


def test_nothing_outside_the_prefix_is_touched(s3_blobs: S3Blobs, s3: S3Double) -> None:
    for key in (f"sha256/{SHA256[:2]}/{SHA256}", "a prefix/of ours too/uploads/up_1"):
        s3.keep(key, NOTE)
    before = dict(s3.objects)
    age(s3, 2 * HOUR)
    s3_blobs.sweep(lambda _: False, HOUR)
    assert list(s3.objects) == list(before)


def test_the_cache_is_bounded_and_what_left_it_is_read_again(s3_blobs: S3Blobs, elsewhere: S3Blobs) -> None:
    blobs = [s3_blobs.put([bytes([number]) * 60]) for number in range(3)]
    for blob in blobs:
        path = elsewhere.path(blob.sha256)
        long_ago = time.time() - 2 * IDLE_SECONDS
        os.utime(path, (long_ago, long_ago))
    assert not elsewhere._cache.find(blobs[0].sha256)
    assert elsewhere.path(blobs[0].sha256).read_bytes() == bytes([0]) * 60


def test_a_file_of_a_running_stage_stays_in_the_cache(s3_blobs: S3Blobs, elsewhere: S3Blobs, tmp_path: Path) -> None:
    first, second = (s3_blobs.put([bytes([number]) * 90]) for number in range(2))
    held = elsewhere.hold(first.sha256, tmp_path / "attempt")
    long_ago = time.time() - 2 * IDLE_SECONDS
    os.utime(held, (long_ago, long_ago))
    elsewhere.path(second.sha256)
    assert elsewhere._cache.find(first.sha256)
    assert held.read_bytes() == bytes([0]) * 90


BROKEN: dict[str, tuple[Callable[[Place], Place], str]] = {
    "no bucket": (lambda place: replace(place, bucket="nowhere"), "There is no bucket nowhere at http"),
    "wrong key": (lambda place: replace(place, access_key_id="another"), "does not know the access key"),
    "wrong secret": (lambda place: replace(place, secret_access_key="guess"), "refuses the secret key"),
    "wrong region": (lambda place: replace(place, region="eu-west-1"), "is of another region"),
    "no server": (lambda place: replace(place, endpoint_url="http://127.0.0.1:9"), "does not answer"),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_the_check_says_what_is_wrong(place: Place, haste: Patience, tmp_path: Path, broken: str) -> None:
    change, told = BROKEN[broken]
    blobs = S3Blobs(change(place), tmp_path, patience=haste)
    with pytest.raises(BlobsUnavailable, match=told) as caught:
        blobs.check()
    assert caught.value.hint
    assert (place.secret_access_key or "") not in caught.value.message


def test_a_clock_that_is_wrong_is_said_so(s3_blobs: S3Blobs, s3: S3Double) -> None:
    s3.now = lambda: time.time() + HOUR
    with pytest.raises(BlobsUnavailable, match="another time"):
        s3_blobs.check()


def test_what_is_meant_for_other_programs_of_the_machine_does_not_count(
    place: Place, haste: Patience, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {
        "AWS_SESSION_TOKEN": "of another key",
        "AWS_ENDPOINT_URL_S3": "http://127.0.0.1:9",
        "AWS_REGION": "eu-west-1",
        "AWS_SKIP_SIGNATURE": "true",
        "AWS_VIRTUAL_HOSTED_STYLE_REQUEST": "true",
    }.items():
        monkeypatch.setenv(name, value)
    blobs = S3Blobs(place, tmp_path, patience=haste)
    blobs.check()
    assert blobs.put([NOTE]).sha256 == SHA256


def test_keys_of_the_machine_are_used_where_none_are_given(
    place: Place, s3: S3Double, haste: Patience, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", s3.keys.access_key_id)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", s3.keys.secret_access_key)
    blobs = S3Blobs(replace(place, access_key_id=None, secret_access_key=None), tmp_path, patience=haste)
    assert blobs.put([NOTE]).sha256 == SHA256


@pytest.fixture
def no_file_above_a_megabyte() -> Iterator[None]:
    """As a full disk says it: a file that cannot grow (setrlimit(2))."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, limits[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, limits)


@pytest.mark.usefixtures("no_file_above_a_megabyte")
def test_a_cache_without_space_is_a_full_disk_and_keeps_no_half_file(
    elsewhere: S3Blobs, s3: S3Double, tmp_path: Path
) -> None:
    large = bytes(2 << 20)
    sha256 = hashlib.sha256(large).hexdigest()
    s3.keep(f"a prefix/of ours/sha256/{sha256[:2]}/{sha256}", large)
    s3.keep("a prefix/of ours/uploads/up_1", large)
    for read in (lambda: elsewhere.path(sha256), lambda: elsewhere.take_upload("up_1")):
        with pytest.raises(DiskFull):
            read()
    assert not [path for path in (tmp_path / "elsewhere").rglob("*") if path.is_file() and path.name != "lock"]
    assert elsewhere.put([NOTE]).sha256 == SHA256


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("s3://studio", ("studio", "")),
        ("s3://studio/", ("studio", "")),
        ("s3://my.studio-2/a/b/", ("my.studio-2", "a/b")),
    ],
)
def test_a_url_names_bucket_and_prefix(url: str, expected: tuple[str, str]) -> None:
    assert bucket_of(url) == expected


@pytest.mark.parametrize(
    "url", ["studio", "s3://", "s3://S", "http://studio/a", "s3://key:secret@studio", "file:///etc"]
)
def test_another_url_is_refused(url: str) -> None:
    with pytest.raises(BadInput, match="is not a place for files"):
        bucket_of(url)


def test_the_library_is_loaded_by_the_first_store_only() -> None:
    code = "import sys, soundstage.blobs.s3, soundstage.bootstrap.workers; print('obstore' in sys.modules)"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "False"
