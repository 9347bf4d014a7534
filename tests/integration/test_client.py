"""The Python client and a real server: followed through kills, with tokens that expire and connections that are cut."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from soundstage import client
from soundstage.client import Soundstage, uploads

Start = Callable[..., Any]
COMMAND = Path(sys.executable).with_name("soundstage")
PASSWORD = "lantern ferry gravel moth"


class House:
    """A home, the port that its servers listen on one after the other, and an account there."""

    def __init__(self, home: Path, start: Start) -> None:
        with socket.create_server(("127.0.0.1", 0)) as found:
            self.port = found.getsockname()[1]
        self.home = home
        self._start = start
        self.server: Any = None
        self.settings: dict[str, str] = {"password_hashing": "insecure_for_tests"}

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def open(self, **settings: str) -> None:
        self.settings |= settings
        self.server = self._start(self.home, port=str(self.port), **self.settings)

    def kill_and_open(self) -> None:
        self.server.kill()
        self.open()

    def add_user(self, folder: Path) -> None:
        (folder / "password").write_text(PASSWORD)
        words = ["user", "create-admin", "--email", "ann@example.com", "--username", "ann_of_the_client"]
        environment = {**os.environ, "SOUNDSTAGE_HOME": str(self.home)}
        environment["SOUNDSTAGE_PASSWORD_HASHING"] = self.settings["password_hashing"]
        subprocess.run([COMMAND, *words, "--password-file", str(folder / "password")], env=environment, check=True)

    def log_in(self, studio: Soundstage) -> Soundstage:
        studio.login("ann_of_the_client", PASSWORD)
        return studio


class Relay:
    """Passes bytes on between a client and a server, and cuts a connection when a text has gone by.

    `requests` holds the first bytes of each connection.
    """

    def __init__(self, port: int) -> None:
        self._server_port = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._cut_after: bytes | None = None
        self.requests: list[bytes] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self, after: bytes) -> None:
        """The next answer that holds these bytes breaks off behind them."""
        self._cut_after = after

    @property
    def has_cut(self) -> bool:
        return self._cut_after is None

    def close(self) -> None:
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            far = socket.create_connection(("127.0.0.1", self._server_port))
            threading.Thread(target=self._pass_on, args=[near, far, True], daemon=True).start()
            threading.Thread(target=self._pass_on, args=[far, near, False], daemon=True).start()

    def _pass_on(self, source: socket.socket, target: socket.socket, is_request: bool) -> None:
        """Byte by byte where it looks for the place to cut."""
        passed = b""
        try:
            while data := source.recv(1 if self._cut_after and not is_request else 65_536):
                if is_request:
                    self.requests.append(data)
                target.sendall(data)
                passed += data
                if self._cut_after and not is_request and passed.endswith(self._cut_after):
                    self._cut_after = None
                    break
        except OSError:
            pass
        for end in (source, target):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


@pytest.fixture
def house(tmp_path: Path, start: Start) -> House:
    """With a server that runs and an account."""
    made = House(tmp_path / "home", start)
    made.open()
    made.add_user(tmp_path)
    return made


@pytest.fixture
def studio(house: House) -> Iterator[Soundstage]:
    with Soundstage(house.url) as found:
        yield house.log_in(found)


@pytest.fixture
def relay(house: House) -> Iterator[Relay]:
    made = Relay(house.port)
    yield made
    made.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "folder").mkdir()
    return tmp_path / "folder"


def order(studio: Any, folder: Path) -> Any:
    return studio.jobs.create("gated", {"folder": str(folder)})


def seqs(items: list[client.Event | client.Tick]) -> list[int]:
    return [item.seq for item in items if isinstance(item, client.Event)]


def test_a_job_is_ordered_followed_and_fetched(studio: Soundstage, folder: Path) -> None:
    job = order(studio, folder)
    items: list[client.Event | client.Tick] = []
    for item in job.watch():
        items.append(item)
        if isinstance(item, client.Tick):
            (folder / "open").touch()
    ended = job.wait(10)
    assert seqs(items) == list(range(1, ended.last_seq + 1))
    assert any(isinstance(item, client.Tick) for item in items)
    assert (ended.state, ended.progress, ended.has_ended) == ("succeeded", 100, True)
    assert [stage.state for stage in ended.stages] == ["completed"] * 3
    assert ended.download("result.txt", folder).read_text() == "0123456789"
    assert [one.id for one in studio.jobs.list(pipeline="gated", text=job.id)] == [job.id]
    assert [event.seq for event in studio.jobs.events(job.id)] == seqs(items)
    assert {attempt.result for attempt in studio.jobs.attempts(job.id)} == {"completed"}


def test_the_same_with_asyncio(house: House, folder: Path) -> None:
    async def run() -> tuple[list[int], client.AsyncJob, str]:
        async with client.AsyncSoundstage(house.url) as studio:
            await studio.login("ann_of_the_client", PASSWORD)
            job = await order(studio, folder)
            with pytest.raises(client.WaitTimedOut):
                await job.wait(0.3)
            items = []
            async for item in job.watch():
                items.append(item)
                (folder / "open").touch()
            ended = await job.wait(10)
            return seqs(items), ended, (await ended.download("result.txt", folder)).read_text()

    numbers, ended, text = asyncio.run(run())
    assert numbers == list(range(1, ended.last_seq + 1))
    assert text == "0123456789"


def test_jobs_are_steered_and_what_cannot_be_is_refused(studio: Soundstage, folder: Path) -> None:
    job = order(studio, folder)
    assert job.change(priority="high", description="A job", metadata={"n": 1}).priority == "high"
    assert job.pause().state == "paused"
    with pytest.raises(client.WaitTimedOut):  # in time, though the server says nothing
        job.wait(0.5)
    with pytest.raises(client.Conflict) as caught:
        job.delete()
    assert caught.value.code == "illegal_transition"
    assert job.resume().state in ("queued", "running")
    assert job.cancel().state == "cancelled"
    with pytest.raises(client.BadInput, match="folder"):
        studio.jobs.create("gated", {})
    job.delete()
    with pytest.raises(client.NotFound):
        job.refresh()
    made = [studio.jobs.create("gated", {"folder": str(folder)}, idempotency_key="one").id for _ in range(2)]
    assert made[0] == made[1]
    with pytest.raises(client.Conflict):
        studio.jobs.create("gated", {"folder": "elsewhere"}, idempotency_key="one")


@pytest.mark.slow
def test_watching_survives_servers_that_are_killed_and_tokens_that_expire(
    house: House, folder: Path, eventually: Callable[..., None]
) -> None:
    house.settings["access_token_minutes"] = str(1 / 60)
    house.kill_and_open()
    tokens = client.MemoryTokens()
    with Soundstage(house.url, tokens=tokens) as studio:
        house.log_in(studio)
        first = tokens.load()
        job = order(studio, folder)
        items: list[client.Event | client.Tick] = []
        kills = 0
        for item in job.watch():
            items.append(item)
            if isinstance(item, client.Tick) and kills < 2:
                eventually(lambda: is_refused(house, tokens), "the access token has expired")
                house.kill_and_open()
                kills += 1
            elif isinstance(item, client.Tick):
                (folder / "open").touch()
        ended = job.refresh()
    assert kills == 2
    assert seqs(items) == list(range(1, ended.last_seq + 1))
    kinds = {item.kind for item in items if isinstance(item, client.Event)}
    assert kinds & {"part.lost", "part.released"}
    assert ended.state == "succeeded"
    assert tokens.load() != first


def is_refused(house: House, tokens: client.MemoryTokens) -> bool:
    held = tokens.load()
    assert held is not None
    headers = {"Authorization": f"Bearer {held.access_token}"}
    return httpx.get(f"{house.url}/api/pipelines", headers=headers).status_code == 401


@pytest.mark.slow
def test_waiting_survives_a_server_that_is_killed(house: House, studio: Soundstage, folder: Path) -> None:
    job = order(studio, folder)
    is_running = threading.Event()

    def disturb() -> None:
        is_running.wait(30)
        house.kill_and_open()
        (folder / "open").touch()

    disturbing = threading.Thread(target=disturb)
    disturbing.start()
    next(item for item in job.watch() if isinstance(item, client.Tick))
    is_running.set()
    ended = job.wait(60)
    disturbing.join()
    assert ended.state == "succeeded"


def test_a_download_goes_on_where_the_connection_was_cut(house: House, relay: Relay, folder: Path) -> None:
    (folder / "open").touch()
    with Soundstage(f"http://127.0.0.1:{relay.port}") as studio:
        job = order(house.log_in(studio), folder).wait(30)
        relay.cut(b"\r\n\r\n0123")
        assert job.download("result.txt", folder / "mine.txt").read_text() == "0123456789"
    assert relay.has_cut
    assert any(b"range: bytes=4-" in request.lower() for request in relay.requests)
    assert sorted(path.name for path in folder.iterdir()) == ["ledger", "mine.txt", "open"]


def test_a_small_file_is_uploaded_listed_linked_and_removed(studio: Soundstage, folder: Path) -> None:
    (folder / "note.txt").write_text("a note")
    asset = studio.assets.upload(folder / "note.txt", "script")
    assert (asset.kind, asset.name, asset.state, asset.size_bytes) == ("script", "note.txt", "ready", 6)
    assert [one.id for one in studio.assets.list(kind="script")] == [asset.id]
    assert httpx.get(studio.assets.link(asset.id)).text == "a note"
    studio.assets.delete(asset.id)
    with pytest.raises(client.NotFound):
        studio.assets.get(asset.id)
    with pytest.raises(client.BadInput):
        studio.assets.upload(folder / "note.txt", "audio")


@pytest.mark.slow
def test_a_large_upload_goes_on_after_the_server_was_killed(
    house: House, studio: Soundstage, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "PIECE_BYTES", 10_000)
    text = "".join(f"{number} bottles of water\n" for number in range(2_000))
    (folder / "song.txt").write_text(text)
    told: list[int] = []

    def on_progress(sent: int, total: int) -> None:
        told.append(sent)
        if len(told) == 2:
            house.kill_and_open()

    asset = studio.assets.upload(folder / "song.txt", "script", on_progress=on_progress)
    assert asset.state == "ready"
    assert told == [*range(10_000, len(text), 10_000), len(text)]
    assert httpx.get(studio.assets.link(asset.id)).text == text


def test_a_server_that_is_not_there_is_told_soon() -> None:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = found.getsockname()[1]
    with Soundstage(f"http://127.0.0.1:{port}") as studio, pytest.raises(client.ConnectionLost, match="reached"):
        studio.pipelines.list()
