"""What each blob store does: a folder, and S3."""

from __future__ import annotations

import errno
import hashlib
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from soundstage.blobs.contract import Blob, Blobs
from soundstage.core.errors import BlobNotFound, DiskFull
from soundstage.testing.blob_bench import BlobBench

NOTE = b"a note of four words"
HOUR = 3600.0
NOBODYS = hashlib.sha256(b"never stored").hexdigest()


def is_referenced(_sha256: str) -> bool:
    return True


def is_not_referenced(_sha256: str) -> bool:
    return False


def sha256_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_what_is_put_is_read_under_the_hash_of_its_content(blobs: Blobs) -> None:
    blob = blobs.put([NOTE[:7], NOTE[7:]])
    assert blob == Blob(sha256_of(NOTE), len(NOTE))
    assert blobs.path(blob.sha256).read_bytes() == NOTE
    assert blobs.size_bytes(blob.sha256) == len(NOTE)


def test_nothing_at_all_is_a_blob_too(blobs: Blobs) -> None:
    blob = blobs.put([])
    assert blob == Blob(sha256_of(b""), 0)
    assert blobs.path(blob.sha256).read_bytes() == b""
    assert list(blobs.open_range(blob.sha256, 0, 10)) == []


def test_a_large_blob_is_stored_whole(blobs: Blobs) -> None:
    chunk = bytes(range(256)) * 4096
    blob = blobs.put(chunk for _ in range(20))
    assert blob == Blob(sha256_of(chunk * 20), 20 << 20)
    assert b"".join(blobs.open_range(blob.sha256, 3, 10 << 20)) == (chunk * 20)[3 : 10 << 20]


def test_equal_bytes_are_stored_once(bench: BlobBench) -> None:
    assert bench.blobs.put([NOTE]) == bench.blobs.put([NOTE])
    assert len(bench.held()) == 1


def test_equal_bytes_put_at_once_are_stored_once(bench: BlobBench) -> None:
    with ThreadPoolExecutor(8) as threads:
        stored = set(threads.map(lambda _: bench.blobs.put([NOTE]), range(16)))
    assert stored == {Blob(sha256_of(NOTE), len(NOTE))}
    assert len(bench.held()) == 1


def test_a_file_is_copied_or_adopted(blobs: Blobs, tmp_path: Path) -> None:
    copied, adopted = tmp_path / "copied", tmp_path / "adopted"
    copied.write_bytes(b"copied")
    adopted.write_bytes(b"adopted")
    for put, path in ((blobs.put_file, copied), (blobs.adopt, adopted)):
        blob = put(path)
        assert blob == Blob(sha256_of(path.read_bytes()), path.stat().st_size)
        path.unlink()
        assert blobs.path(blob.sha256).read_bytes() == path.name.encode()


def test_a_copy_does_not_change_with_the_file(blobs: Blobs, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(NOTE)
    blob = blobs.put_file(path)
    path.write_bytes(b"something else")
    assert blobs.path(blob.sha256).read_bytes() == NOTE


@pytest.mark.parametrize(("start", "stop"), [(0, 6), (2, 7), (7, 1000), (0, 0), (5, 3), (1000, 2000)])
def test_a_range_is_cut_at_the_end(blobs: Blobs, start: int, stop: int) -> None:
    blob = blobs.put([NOTE])
    assert b"".join(blobs.open_range(blob.sha256, start, stop)) == NOTE[start:stop]


def test_a_source_that_fails_leaves_nothing(bench: BlobBench) -> None:
    def broken() -> Iterator[bytes]:
        yield NOTE
        raise ConnectionError("gone")

    with pytest.raises(ConnectionError):
        bench.blobs.put(broken())
    with pytest.raises(ConnectionError):
        bench.blobs.write_upload("up_1", broken())
    assert not bench.held()


def test_a_full_disk_is_said_so(bench: BlobBench) -> None:
    def onto_a_full_disk() -> Iterator[bytes]:
        yield NOTE
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(DiskFull):
        bench.blobs.put(onto_a_full_disk())
    assert not bench.held()


READERS: dict[str, Callable[[Blobs, str, Path], object]] = {
    "path": lambda blobs, sha256, _: blobs.path(sha256),
    "hold": lambda blobs, sha256, folder: blobs.hold(sha256, folder),
    "size": lambda blobs, sha256, _: blobs.size_bytes(sha256),
    "range": lambda blobs, sha256, _: list(blobs.open_range(sha256, 0, 5)),
}


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("sha256", [NOBODYS, "../../../etc/passwd", "", NOBODYS.upper(), NOBODYS + "0"])
def test_what_is_not_there_is_not_found(blobs: Blobs, read: str, sha256: str, tmp_path: Path) -> None:
    with pytest.raises(BlobNotFound):
        READERS[read](blobs, sha256, tmp_path)


def test_a_held_file_stays_with_its_folder(blobs: Blobs, tmp_path: Path) -> None:
    blob, folder = blobs.put([NOTE]), tmp_path / "attempt" / "held"
    held = blobs.hold(blob.sha256, folder)
    assert held == blobs.hold(blob.sha256, folder)
    assert held.read_bytes() == NOTE
    shutil.rmtree(folder, ignore_errors=True)
    assert blobs.path(blob.sha256).read_bytes() == NOTE


def test_only_what_is_old_and_not_referenced_is_swept(bench: BlobBench) -> None:
    kept = bench.blobs.put([b"referenced"])
    swept = bench.blobs.put([b"not referenced"])
    bench.age(2 * HOUR)
    young = bench.blobs.put([b"young"])
    assert bench.blobs.sweep(lambda sha256: sha256 == kept.sha256, HOUR) == 1
    held = " ".join(bench.held())
    assert [blob.sha256 in held for blob in (kept, young)] == [True, True]
    assert not [name for name in bench.held() if swept.sha256 in name and "trash" not in name]


def test_what_is_stored_again_while_it_is_swept_can_still_be_read(bench: BlobBench) -> None:
    blob = bench.blobs.put([NOTE])
    bench.age(2 * HOUR)

    def is_stored_again(_sha256: str) -> bool:
        bench.blobs.put([NOTE])
        return False

    bench.blobs.sweep(is_stored_again, HOUR)
    assert bench.blobs.size_bytes(blob.sha256) == len(NOTE)
    bench.blobs.sweep(is_referenced, HOUR)
    assert b"".join(bench.blobs.open_range(blob.sha256, 0, 100)) == NOTE


def test_an_upload_becomes_a_blob_once(bench: BlobBench) -> None:
    blobs = bench.blobs
    assert blobs.write_upload("up_1", [NOTE[:5], NOTE[5:]]) == len(NOTE)
    assert blobs.take_upload("up_1") == Blob(sha256_of(NOTE), len(NOTE))
    assert blobs.path(sha256_of(NOTE)).read_bytes() == NOTE
    assert len(bench.held()) == 1
    with pytest.raises(BlobNotFound):
        blobs.take_upload("up_1")


def test_a_second_upload_takes_the_place_of_the_first(blobs: Blobs) -> None:
    blobs.write_upload("up_1", [b"the first"])
    blobs.write_upload("up_1", [b"the second"])
    assert blobs.take_upload("up_1").sha256 == sha256_of(b"the second")


def test_an_upload_is_dropped_whether_or_not_it_is_there(bench: BlobBench) -> None:
    bench.blobs.write_upload("up_1", [NOTE])
    bench.blobs.drop_upload("up_1")
    bench.blobs.drop_upload("up_1")
    assert not bench.held()


def test_an_upload_that_nobody_confirms_is_swept(bench: BlobBench) -> None:
    bench.blobs.write_upload("up_old", [b"old"])
    bench.age(2 * HOUR)
    bench.blobs.write_upload("up_new", [b"new"])
    bench.blobs.sweep(is_not_referenced, HOUR)
    assert [name.rpartition("/")[2] for name in bench.held()] == ["up_new"]


@pytest.mark.parametrize("upload_id", ["../up", "a/b", "", "up\x00", "up" * 50, "."])
def test_an_upload_has_a_plain_name(blobs: Blobs, upload_id: str) -> None:
    for use in (
        blobs.take_upload,
        blobs.drop_upload,
        lambda name: blobs.write_upload(name, [NOTE]),
    ):
        with pytest.raises(BlobNotFound):
            use(upload_id)


def test_a_store_that_works_passes_its_check(blobs: Blobs) -> None:
    blobs.check()
