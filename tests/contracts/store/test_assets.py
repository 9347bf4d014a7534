"""Libraries and uploads on both databases: quotas that hold, pages without gap, and what is swept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from soundstage.core.assets import Asset, AssetFile, AssetKind, AssetState, FileRole, UploadProtocol
from soundstage.core.errors import AssetNotFound, LimitReached
from soundstage.core.job import ErrorView
from soundstage.store.assets import AssetFilter, AssetSort, AssetStore
from soundstage.store.database import Database
from soundstage.store.records import Records
from soundstage.store.uploads import Arrival, NewUpload, UploadStore
from soundstage.testing.clock import FakeClock
from soundstage.testing.store_bench import StoreBench


@pytest.fixture
def records(database: Database) -> Iterator[Records]:
    records = Records(database)
    yield records
    records.close()


@pytest.fixture
def assets(records: Records) -> AssetStore:
    return AssetStore(records)


@pytest.fixture
def uploads(records: Records) -> UploadStore:
    return UploadStore(records)


def wish(owner: str = "ann", size_bytes: int = 100, seconds: float = 900.0) -> NewUpload:
    return NewUpload(owner, UploadProtocol.SIGNED, size_bytes, seconds, AssetKind.IMAGE, "one.png", ("red",))


Add = Callable[..., str]


@pytest.fixture
def add(assets: AssetStore, uploads: UploadStore) -> Add:
    """Makes a ready asset, and gives its id."""

    def make(name: str = "one.png", size_bytes: int = 100, owner: str = "ann", sha256: str = "a" * 64) -> str:
        asset_id = uploads.reserve(wish(owner, size_bytes), None).asset_id
        assert uploads.receive(asset_id, Arrival(sha256, size_bytes, AssetKind.IMAGE, name))
        assets.settle(asset_id, AssetKind.IMAGE, "image/png", {"width": 1})
        return asset_id

    return make


def test_uploads_side_by_side_never_promise_more_than_the_storage_holds(
    assets: AssetStore, uploads: UploadStore, database: Database
) -> None:
    """G17, I24: 32 threads want 100 bytes each of 1,000."""

    def reserve(_number: int) -> bool:
        try:
            uploads.reserve(wish(), 1_000)
        except LimitReached:
            return False
        finally:
            database.close()  # of this thread
        return True

    with ThreadPoolExecutor(16) as threads:
        was_given = list(threads.map(reserve, range(32)))
    assert (sum(was_given), assets.used_bytes("ann")) == (10, 1_000)


def test_uploads_that_grow_side_by_side_never_promise_more_either(assets: AssetStore, uploads: UploadStore) -> None:
    growing = [uploads.reserve(wish(size_bytes=0), 1_000) for _ in range(8)]

    def grow(number: int) -> int:
        reserved = 0
        for needed in (10, 60, 130, 270, 500):
            try:
                reserved = uploads.extend(growing[number], needed, 1_000)
            except LimitReached:
                break
            assert reserved >= needed
            assert assets.used_bytes("ann") <= 1_000
        return reserved

    with ThreadPoolExecutor(8) as threads:
        reserved = list(threads.map(grow, range(8)))
    assert sum(reserved) == assets.used_bytes("ann") <= 1_000


def test_one_owner_does_not_fill_the_storage_of_another(uploads: UploadStore) -> None:
    uploads.reserve(wish("ann", 1_000), 1_000)
    uploads.reserve(wish("ben", 1_000), 1_000)
    with pytest.raises(LimitReached, match="0 are free"):
        uploads.reserve(wish("ann", 1), 1_000)


def test_what_comes_to_nothing_gives_its_place_back(assets: AssetStore, uploads: UploadStore) -> None:
    released, failed = uploads.reserve(wish(), None), uploads.reserve(wish(), None)
    uploads.release(released.asset_id)
    assets.fail(failed.asset_id, ErrorView("bad_media", "No.", ""))
    assert assets.used_bytes("ann") == 0
    with pytest.raises(AssetNotFound):
        uploads.get(failed.asset_id)
    asset = assets.get(failed.asset_id)
    assert (asset.state, asset.error) == (AssetState.FAILED, ErrorView("bad_media", "No.", ""))


def test_bytes_arrive_once(assets: AssetStore, uploads: UploadStore, database: Database) -> None:
    upload = uploads.reserve(wish(), None)
    arrival = Arrival("b" * 64, 90, AssetKind.IMAGE, "new.png", ("blue",))

    def receive(_number: int) -> bool:
        try:
            return uploads.receive(upload.asset_id, arrival)
        finally:
            database.close()  # of this thread

    with ThreadPoolExecutor(8) as threads:
        was_first = list(threads.map(receive, range(8)))
    assert was_first.count(True) == 1
    asset = assets.get(upload.asset_id)
    assert (asset.state, asset.size_bytes, asset.name, asset.tags) == (AssetState.PROCESSING, 90, "new.png", ["blue"])
    assets.fail(upload.asset_id, ErrorView("bad_media", "No.", ""))
    assert assets.get(upload.asset_id).files == {}


def test_an_upload_that_was_swept_is_not_received(assets: AssetStore, uploads: UploadStore, clock: FakeClock) -> None:
    upload = uploads.reserve(wish(seconds=60), None)
    assert uploads.list_expired() == []
    clock.advance(61)
    assert [expired.asset_id for expired in uploads.list_expired()] == [upload.asset_id]
    assets.fail(upload.asset_id, ErrorView("upload_expired", "Late.", ""))
    assert not uploads.receive(upload.asset_id, Arrival("b" * 64, 90, None, "x"))
    assert uploads.list_expired() == []


def test_an_upload_that_goes_on_is_not_swept(uploads: UploadStore, clock: FakeClock) -> None:
    upload = uploads.reserve(wish(seconds=60), None)
    clock.advance(59)
    uploads.advance(upload.asset_id, 10, 60)
    clock.advance(59)
    assert uploads.list_expired() == []
    assert uploads.get(upload.asset_id, "ann").received_bytes == 10
    uploads.keep_alive(upload.asset_id, 60)
    clock.advance(59)
    assert uploads.list_expired() == []
    with pytest.raises(AssetNotFound):
        uploads.get(upload.asset_id, "ben")


@pytest.mark.parametrize("sort", list(AssetSort))
def test_pages_hold_each_asset_once_in_order(assets: AssetStore, add: Add, clock: FakeClock, sort: AssetSort) -> None:
    for number in range(23):
        clock.advance(1)
        add(f"{'Ab'[number % 2]}{number % 5}", size_bytes=number % 3)
    seen: list[Asset] = []
    after: tuple[str | int, str] | None = None
    while page := assets.list_assets(AssetFilter("ann", sort=sort, after=after, limit=4)):
        seen += page
        last = page[-1]
        after = (last.size_bytes if "size" in sort else last.name.casefold(), last.id)
    assert len({asset.id for asset in seen}) == len(seen) == 23
    keys = [_key(asset, sort) for asset in seen]
    assert keys == sorted(keys, reverse=sort.is_descending)


def _key(asset: Asset, sort: AssetSort) -> tuple[str, int, str]:
    by = sort.removeprefix("-")
    return asset.name.casefold() if by == "name" else "", asset.size_bytes if by == "size" else 0, asset.id


def test_one_finds_only_what_is_ones_own(assets: AssetStore, add: Add) -> None:
    mine = add(owner="ann", sha256="a" * 64)
    assert assets.find_own("ann", "a" * 64) is not None
    assert assets.find_own("ben", "a" * 64) is None
    assert assets.list_assets(AssetFilter("ben")) == []
    with pytest.raises(AssetNotFound):
        assets.get(mine, "ben")


def test_what_is_hidden_is_buried_when_nothing_needs_it(assets: AssetStore, add: Add) -> None:
    hidden = add()
    assets.hide(hidden)
    assert assets.find_own("ann", "a" * 64) is None
    with pytest.raises(AssetNotFound):
        assets.get(hidden)
    assert assets.used_bytes("ann") == 100
    assert assets.bury_hidden() == 1
    assert assets.used_bytes("ann") == 0


def test_an_asset_keeps_its_blobs_and_their_previews(assets: AssetStore, add: Add, bench: StoreBench) -> None:
    asset_id = add()
    assets.await_preview(asset_id, "job_1")
    thumbnail = AssetFile(FileRole.THUMBNAIL, "c" * 64, 5, "image/jpeg")
    assets.attach(asset_id, [thumbnail])
    asset = assets.get(asset_id)
    assert (asset.preview_job, asset.files[FileRole.THUMBNAIL]) == (None, thumbnail)
    is_referenced = bench.store.retention.is_referenced
    assert is_referenced("a" * 64)
    assert is_referenced("c" * 64)
    assets.remove([asset_id])
    assert not is_referenced("c" * 64)
    assets.attach(asset_id, [thumbnail])
    assert not is_referenced("c" * 64)


def test_what_a_server_left_unchecked_is_found(
    assets: AssetStore, uploads: UploadStore, add: Add, clock: FakeClock
) -> None:
    add()
    left = uploads.reserve(wish(), None).asset_id
    uploads.receive(left, Arrival("b" * 64, 1, None, "x"))
    clock.advance(100)
    assert [asset.id for asset in assets.list_unchecked(assets.now - 50)] == [left]
    assets.touch(left)
    assert assets.list_unchecked(assets.now - 50) == []


def test_an_owner_who_is_erased_leaves_no_row(assets: AssetStore, uploads: UploadStore, add: Add) -> None:
    mine, other = add(), add(owner="ben")
    pending = uploads.reserve(wish(), None).asset_id
    assert sorted(assets.erase_owner("ann")) == sorted([mine, pending])
    assert assets.list_assets(AssetFilter("ann")) == []
    assert uploads.list_expired() == []
    assert assets.get(other).owner == "ben"
