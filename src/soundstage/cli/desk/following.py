"""Following a job of a server: pictures of it, drawn from its live events."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Generator, Sequence

from soundstage import client
from soundstage.cli.desk import views
from soundstage.cli.desk.contract import Picture
from soundstage.cli.follow import PICTURE_SECONDS
from soundstage.cli.rail import with_ticks
from soundstage.core.events import Event, Tick
from soundstage.core.job import JobView


class RemoteFollower:
    """Ten pictures of one job a second. The job is fetched again when an event tells of a change.

    Between two pictures nothing runs: the event loop lives in the steps of the iterator, in the thread of the caller.
    """

    def __init__(self, open_client: Callable[[], client.AsyncSoundstage], job_id: str, after: int = 0) -> None:
        self._open_client = open_client
        self._job_id = job_id
        self._cursor = after
        self._events: list[Event] = []
        self._ticks: dict[int, Tick] = {}

    def pictures(self) -> Generator[Picture]:
        """Until the job has ended; its last picture is that of the end."""
        with asyncio.Runner() as runner:
            studio = self._open_client()
            try:
                yield (picture := runner.run(self._first(studio)))
                listening = runner.get_loop().create_task(self._listen(studio))
                while not listening.done():
                    yield (picture := runner.run(self._next(studio, listening, picture.job)))
            finally:
                runner.run(_close(studio))

    async def _first(self, studio: client.AsyncSoundstage) -> Picture:
        """The job, and all that happened until then."""
        job = views.job_view(await studio.jobs.get(self._job_id))
        while self._cursor < job.last_seq and (page := await studio.jobs.events(self._job_id, self._cursor)):
            self._hear(page)
        return self._drawn(job)

    async def _next(self, studio: client.AsyncSoundstage, listening: asyncio.Task[None], job: JobView) -> Picture:
        """After a while, or when the job has ended. Raises what ended the listening."""
        await asyncio.wait([listening], timeout=PICTURE_SECONDS)
        if listening.done():
            listening.result()
        if listening.done() or self._events:
            job = views.job_view(await studio.jobs.get(self._job_id))
        return self._drawn(job)

    async def _listen(self, studio: client.AsyncSoundstage) -> None:
        async for item in studio.jobs.watch(self._job_id, self._cursor):
            self._hear([item])

    def _hear(self, items: Sequence[client.Event | client.Tick]) -> None:
        for item in items:
            if isinstance(item, client.Tick):
                tick = views.tick_of(self._job_id, item)
                self._ticks[tick.part_id] = tick
            else:
                self._events.append(views.event_of(self._job_id, item))
                self._cursor = item.seq

    def _drawn(self, job: JobView) -> Picture:
        events, self._events = self._events, []
        return Picture(with_ticks(job, self._ticks), events)


async def _close(studio: client.AsyncSoundstage) -> None:
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    await studio.close()
