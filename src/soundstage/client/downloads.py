"""Downloads: whole and right, or not there at all."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import BinaryIO

from soundstage.client.connection import Connection
from soundstage.client.errors import ClientError, ConnectionLost, DamagedDownload
from soundstage.client.models import Artifact
from soundstage.client.wires import Answer, Request

PARTIAL_CONTENT = 206


def target_of(artifact: Artifact, to: str | os.PathLike[str]) -> Path:
    """The file itself, or its place in a folder that is there. The server's name cannot lead out of the folder."""
    path = Path(to)
    if not path.is_dir():
        return path
    name = Path(artifact.name.replace("\\", "/")).name
    if name in ("", ".."):
        raise DamagedDownload(f"The server calls the file {artifact.name!r}, which is no name of a file.")
    return path / name


async def download(connection: Connection, artifact: Artifact, to: str | os.PathLike[str]) -> Path:
    """Fetch the file, going on where the connection broke, and put it in place when its sha256 is right.

    Raises ApiError, ConnectionLost, DamagedDownload, OSError; nothing half-written stays.
    """
    work = connection.wire.work
    target = await work(target_of, artifact, to)
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.unfinished")
    try:
        with await work(_created, unfinished) as file:
            await _Download(connection, artifact, file).fetch()
            await work(_flush, file)
        await work(unfinished.replace, target)
    finally:
        with contextlib.suppress(FileNotFoundError):
            unfinished.unlink()
    return target


class _Download:
    def __init__(self, connection: Connection, artifact: Artifact, file: BinaryIO) -> None:
        self._connection = connection
        self._artifact = artifact
        self._file = file
        self._hash = hashlib.sha256()
        self._received_bytes = 0

    async def fetch(self) -> None:
        endurance = self._connection.endurance()
        while self._received_bytes < self._artifact.size_bytes or not self._received_bytes:
            before = self._received_bytes
            try:
                await self._receive()
                break
            except ClientError as error:
                if self._received_bytes > before:
                    endurance.note_progress()
                await endurance.bear(error)
        self._check()

    async def _receive(self) -> None:
        """Raises ConnectionLost when fewer bytes come than are missing."""
        async with self._opened() as answer:
            async for chunk in answer.chunks:
                await self._connection.wire.work(self._take, chunk)
        if self._received_bytes < self._artifact.size_bytes:
            raise ConnectionLost(f"{self._artifact.name} broke off at {self._received_bytes} bytes.")

    @asynccontextmanager
    async def _opened(self) -> AsyncGenerator[Answer]:
        async with self._connection.stream(Request("GET", self._path(), self._query(), self._range())) as answer:
            if answer.status != PARTIAL_CONTENT:
                await self._connection.wire.work(self._start_anew)
            elif _first_byte(answer.headers) != self._received_bytes:
                raise DamagedDownload(f"The server sent another part of {self._artifact.name} than was asked for.")
            yield answer

    def _path(self) -> str:
        return self._artifact.url.partition("?")[0]

    def _query(self) -> Mapping[str, str]:
        return {"sha256": self._artifact.sha256}

    def _range(self) -> dict[str, str]:
        identity = {"Accept-Encoding": "identity"}
        if not self._received_bytes:
            return identity
        return {**identity, "Range": f"bytes={self._received_bytes}-", "If-Range": f'"{self._artifact.sha256}"'}

    def _take(self, chunk: bytes) -> None:
        self._file.write(chunk)
        self._hash.update(chunk)
        self._received_bytes += len(chunk)

    def _start_anew(self) -> None:
        self._file.seek(0)
        self._file.truncate()
        self._hash = hashlib.sha256()
        self._received_bytes = 0

    def _check(self) -> None:
        is_right = self._received_bytes == self._artifact.size_bytes and self._hash.hexdigest() == self._artifact.sha256
        if not is_right:
            raise DamagedDownload(
                f"{self._artifact.name} came with {self._received_bytes} bytes and sha256 {self._hash.hexdigest()}, "
                f"but {self._artifact.size_bytes} bytes and {self._artifact.sha256} were named."
            )


def _created(path: Path) -> BinaryIO:
    return path.open("wb")


def _flush(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def _first_byte(headers: Mapping[str, str]) -> int:
    """RFC 9110, 14.4; -1 where it cannot be read."""
    found = re.match(r"bytes (\d+)-", headers.get("content-range", ""))
    return int(found[1]) if found else -1
