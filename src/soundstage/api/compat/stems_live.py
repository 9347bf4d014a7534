"""The mixer document's WebSocket: the status of a project, told whenever it has changed."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Callable, Sequence

from anyio.to_thread import run_sync
from fastapi import APIRouter, WebSocket

from soundstage.api.access import well_formed_job_id
from soundstage.api.compat.orders import find
from soundstage.api.compat.stems import PIPELINE, StemsOut, stems_out
from soundstage.api.live.streams import Item, Stream
from soundstage.api.live.websocket import tell_stream
from soundstage.api.services import Services
from soundstage.core.errors import SoundstageError
from soundstage.studio.access import Caller

router = APIRouter(tags=["mixer document"])


@router.websocket("/ws/{project_id}")
async def follow_stems(socket: WebSocket, project_id: str) -> None:
    """Messages are the answers of `GET /status/{project_id}`. The caller comes as to `/ws/jobs/{id}`."""
    statuses = _Statuses()

    async def opened(services: Services, caller: Caller) -> _Statuses:
        job_id = await well_formed_job_id(project_id)

        def look() -> StemsOut:
            return stems_out(services, find(services.jobs, caller, job_id, PIPELINE))

        await run_sync(look)
        statuses.follow(await services.streams.of_job(services, caller, job_id), look)
        return statuses

    await tell_stream(socket, opened, statuses.news)


class _Statuses:
    """The stream of a project's job; with each batch comes a look at the project."""

    _stream: Stream
    _look: Callable[[], StemsOut]
    _shown: tuple[object, ...] = ()
    _news = ""

    def follow(self, stream: Stream, look: Callable[[], StemsOut]) -> None:
        self._stream, self._look = stream, look

    async def batches(self) -> AsyncIterator[Sequence[Item]]:
        async for batch in self._stream.batches():
            if batch:
                with contextlib.suppress(SoundstageError):  # a job that is gone: the stream says so itself
                    self._take(await run_sync(self._look))
            yield batch

    def news(self, _item: Item) -> str:
        """What is to be told; nothing where nothing has changed."""
        news, self._news = self._news, ""
        return news

    def end(self, reason: str) -> None:
        self._stream.end(reason)

    def close(self) -> None:
        self._stream.close()

    def _take(self, status: StemsOut) -> None:
        # Links are new each time: they are no change.
        shown = (status.status, status.progress, [stem.name for stem in status.stems or ()])
        if shown != self._shown:
            self._shown, self._news = shown, status.model_dump_json(exclude_none=True)
