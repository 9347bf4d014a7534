"""Uploads: a small file in one form, a large one piece by piece (tus 1.0.0), going on where the connection broke."""

from __future__ import annotations

import base64
import hashlib
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from soundstage.client import calls
from soundstage.client.connection import Connection
from soundstage.client.errors import ApiError, BadInput, ClientError, ConnectionLost, UnexpectedAnswer
from soundstage.client.models import Asset, Failure
from soundstage.client.patience import Patience
from soundstage.client.wires import Answer, Request

PIECE_BYTES = 8 << 20
TUS = f"{calls.ASSETS}/tus"
TUS_VERSION = {"Tus-Resumable": "1.0.0"}
UNFIT = 422
ASK_FOR_OFFSET = frozenset({409, 423, 460})
"""The server has other bytes than we think, is still busy with the piece before, or got a damaged one."""

Progress = Callable[[int, int], object]
"""Told how many bytes are safe at the server, and how many there are."""


async def upload(
    connection: Connection,
    path: str | os.PathLike[str],
    kind: str | None,
    name: str | None,
    on_progress: Progress | None,
) -> Asset:
    """The asset when its content was checked. Raises ApiError, ConnectionLost, OSError; BadInput for what is unfit."""
    source = Path(path)
    size_bytes = (await connection.wire.work(source.stat)).st_size
    tell = on_progress or (lambda sent, total: None)
    asset = await _Upload(connection, source, size_bytes, tell).send(name or source.name, kind)
    return await _checked(connection, asset)


async def _checked(connection: Connection, asset: Asset) -> Asset:
    pauses = (Patience().pause(number) for number in count())
    while asset.state in ("pending", "processing"):
        await connection.wire.sleep(next(pauses))
        asset = await connection.call(calls.get_asset(asset.id))
    if asset.state == "failed":
        error = asset.error or Failure(code="bad_media", message=f"{asset.name} cannot be used.")
        raise BadInput(UNFIT, error.code, error.message, error.hint)
    return asset


@dataclass(frozen=True, slots=True)
class _Upload:
    connection: Connection
    source: Path
    size_bytes: int
    tell: Progress

    async def send(self, name: str, kind: str | None) -> Asset:
        """As the server has it after the last byte."""
        if self.size_bytes > PIECE_BYTES:
            return await self._send_pieces(name, kind)
        content = await self.connection.wire.work(self.source.read_bytes)
        asset = await self.connection.call(calls.send_asset(name, kind, content))
        self.tell(len(content), len(content))
        return asset

    async def _send_pieces(self, name: str, kind: str | None) -> Asset:
        upload_id = await self._create(name, kind)
        endurance = self.connection.endurance()
        offset: int | None = 0
        most_bytes = 0
        while offset != self.size_bytes:
            try:
                offset = await self._step(upload_id, offset)
                if offset > most_bytes:
                    most_bytes = offset
                    endurance.note_progress()
                    self.tell(offset, self.size_bytes)
            except ClientError as error:
                await endurance.bear(error)
                offset = None
        return await self.connection.call(calls.get_asset(upload_id))

    async def _step(self, upload_id: str, offset: int | None) -> int:
        """Ask where the upload is, when that is not known, or else send the next piece. Gives the offset then."""
        if offset is None:
            return await self._offset(upload_id)
        return await self._send_piece(upload_id, offset)

    async def _create(self, name: str, kind: str | None) -> str:
        described = {"filename": name} | ({"kind": kind} if kind else {})
        headers = {
            **TUS_VERSION,
            "Upload-Length": str(self.size_bytes),
            "Upload-Metadata": ",".join(f"{key} {_base64(value.encode())}" for key, value in described.items()),
        }
        answer = await self.connection.send(Request("POST", TUS, headers=headers, content=b""), is_repeatable=False)
        return _upload_id(answer.headers)

    async def _send_piece(self, upload_id: str, offset: int) -> int:
        """The offset after it."""
        piece = await self.connection.wire.work(_read_piece, self.source, offset)
        if not piece:
            raise OSError(f"{self.source} became shorter while it was sent.")
        headers = {
            **TUS_VERSION,
            "Upload-Offset": str(offset),
            "Upload-Checksum": f"sha256 {_base64(hashlib.sha256(piece).digest())}",
            "Content-Type": "application/offset+octet-stream",
        }
        request = Request("PATCH", f"{TUS}/{upload_id}", headers=headers, content=piece)
        try:
            async with self.connection.stream(request) as answer:
                return _offset_of(answer)
        except ApiError as error:
            if error.status in ASK_FOR_OFFSET:
                raise ConnectionLost(f"A piece of {self.source} was not taken: {error}") from error
            raise

    async def _offset(self, upload_id: str) -> int:
        request = Request("HEAD", f"{TUS}/{upload_id}", headers=TUS_VERSION)
        return _offset_of(await self.connection.send(request, is_repeatable=True))


def _read_piece(path: Path, offset: int) -> bytes:
    with path.open("rb") as file:
        file.seek(offset)
        return file.read(PIECE_BYTES)


def _offset_of(answer: Answer) -> int:
    told = answer.headers.get("upload-offset", "")
    if not told.isdigit():
        raise UnexpectedAnswer("The server did not say how much of the file it has: Upload-Offset is missing.")
    return int(told)


def _upload_id(headers: Mapping[str, str]) -> str:
    found = re.search(r"/tus/([A-Za-z0-9_-]{1,100})/?$", headers.get("location", ""))
    if found is None:
        raise UnexpectedAnswer("The server did not say where the file goes: Location is missing or foreign.")
    return found[1]


def _base64(value: bytes) -> str:
    return base64.b64encode(value).decode()
