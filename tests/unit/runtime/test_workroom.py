"""The folders of workers: a living worker's stays, a dead one's is removed by the next."""

from __future__ import annotations

from pathlib import Path

from soundstage.runtime.workroom import clear_rooms, open_workroom


def test_the_room_of_a_dead_worker_is_removed_and_that_of_a_living_one_stays(tmp_path: Path) -> None:
    living = open_workroom(tmp_path, "living")
    (living / "1-1").mkdir()
    dead = tmp_path / "dead"
    (dead / "2-1").mkdir(parents=True)
    (dead / "2-1" / "half.wav").write_bytes(b"half")
    newest = open_workroom(tmp_path, "newest")
    assert sorted(tmp_path.iterdir()) == sorted([living, newest])
    clear_rooms(tmp_path)
    assert (living / "1-1").is_dir()


def test_a_stray_file_among_the_rooms_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "stray").write_text("not a room")
    assert open_workroom(tmp_path, "one").is_dir()
