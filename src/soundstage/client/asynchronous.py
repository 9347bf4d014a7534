"""The client for asyncio: `AsyncSoundstage`. Call for call the blocking one."""

from __future__ import annotations

import os
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from pydantic import PrivateAttr

from soundstage.client import calls, downloads, opening, uploads, watching
from soundstage.client.connection import Call, Connection
from soundstage.client.models import (
    Artifact,
    Asset,
    Attempt,
    Engine,
    Estimate,
    Event,
    JobData,
    LogLine,
    Pipeline,
    Queue,
    Share,
    Tick,
    Voice,
)
from soundstage.client.paging import each
from soundstage.client.patience import Patience
from soundstage.client.tokens import TokenStore
from soundstage.client.wires import AsyncWire


class AsyncSoundstage:
    """A studio over HTTP, for one event loop of asyncio. Close it, or use it in an `async with` block.

    `url` is the address of the server. Who asks: an `api_key`, an access `token`, the store of a login (`tokens`), or
    nobody until `login`. Raises ValueError for an address that cannot be one.
    """

    def __init__(
        self,
        url: str = opening.DEFAULT_URL,
        *,
        token: str | None = None,
        api_key: str | None = None,
        tokens: TokenStore | None = None,
        timeout_seconds: float = opening.DEFAULT_TIMEOUT_SECONDS,
        patience: Patience | None = None,
        transport: Any = None,
    ) -> None:
        self._connection = opening.open_connection(
            AsyncWire, url, token, api_key, tokens, timeout_seconds, patience, transport
        )
        self.jobs = AsyncJobs(self._connection)
        self.assets = AsyncAssets(self._connection)
        self.pipelines = AsyncPipelines(self._connection)
        self.engines = AsyncEngines(self._connection)
        self.queues = AsyncQueues(self._connection)

    @classmethod
    def from_environment(cls, **options: Any) -> Self:
        """By SOUNDSTAGE_SERVER and SOUNDSTAGE_API_KEY."""
        return cls(**opening.from_environment(), **options)

    async def login(self, user: str, password: str, *, remember: bool = False) -> None:
        """By e-mail or user name. The access token is renewed by itself. Raises NotSignedIn, LimitReached."""
        await opening.log_in(self._connection, user, password, remember)

    async def logout(self) -> None:
        """End the session."""
        await opening.log_out(self._connection)

    async def close(self) -> None:
        await self._connection.wire.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        await self.close()


class AsyncJob(JobData):
    """A picture of a job, and what can be asked of it. Each answer is a new picture."""

    _jobs: AsyncJobs = PrivateAttr()

    def bound_to(self, jobs: AsyncJobs) -> Self:
        """Ask these."""
        self._jobs = jobs
        return self

    async def refresh(self) -> AsyncJob:
        """The job as it is now."""
        return await self._jobs.get(self.id)

    def watch(self, after: int = 0) -> AsyncGenerator[Event | Tick]:
        """What happened and what happens, live; see `AsyncJobs.watch`."""
        return self._jobs.watch(self.id, after)

    async def wait(self, timeout_seconds: float | None = None) -> AsyncJob:
        """The job when it has ended, however it did. Raises WaitTimedOut, NotFound, ConnectionLost."""
        return await self._jobs.wait(self, timeout_seconds)

    async def download(self, file: str | Artifact, to: str | os.PathLike[str] = ".") -> Path:
        """Fetch a file by its name into a folder or to a path. Raises LookupError, DamagedDownload, ConnectionLost."""
        return await self._jobs.download(file if isinstance(file, Artifact) else self.artifact(file), to)

    async def pause(self) -> AsyncJob:
        return await self._jobs.pause(self.id)

    async def resume(self) -> AsyncJob:
        return await self._jobs.resume(self.id)

    async def cancel(self) -> AsyncJob:
        return await self._jobs.cancel(self.id)

    async def retry(self, from_stage: str | None = None, params: Mapping[str, Any] | None = None) -> AsyncJob:
        return await self._jobs.retry(self.id, from_stage, params)

    async def answer(
        self, stage: str, action: str, data: Mapping[str, Any] | None = None, *, item: int | None = None
    ) -> AsyncJob:
        return await self._jobs.answer(self.id, stage, action, data, item=item)

    async def change(
        self,
        *,
        priority: str | None = None,
        description: str | None = None,
        metadata: Mapping[str, Any] | None = None,
    ) -> AsyncJob:
        return await self._jobs.change(self.id, priority=priority, description=description, metadata=metadata)

    async def delete(self) -> None:
        await self._jobs.delete(self.id)

    async def share(self, expires_in_days: int = 30) -> Share:
        """A link that shows the result to somebody without an account."""
        return await self._jobs.share(self.id, expires_in_days)

    async def shares(self) -> Sequence[Share]:
        return await self._jobs.shares(self.id)

    async def revoke(self, share: Share) -> None:
        """From now on the link shows nothing."""
        await self._jobs.revoke(self.id, share.id)


class AsyncJobs:
    """Every method raises ApiError and ConnectionLost; its subclasses tell what happened."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def create(
        self,
        pipeline: str,
        params: Mapping[str, Any] | None = None,
        *,
        priority: str = "normal",
        description: str = "",
        metadata: Mapping[str, Any] | None = None,
        idempotency_key: str | None = None,
    ) -> AsyncJob:
        """Order a job: when this returns it is stored. The same key gives the same job; without one it is new."""
        return await self._job(calls.create_job(pipeline, params, priority, description, metadata, idempotency_key))

    async def get(self, job_id: str) -> AsyncJob:
        return await self._job(calls.get_job(job_id))

    def list(
        self,
        *,
        state: Sequence[str] = (),
        pipeline: str | Sequence[str] = (),
        priority: Sequence[str] = (),
        text: str | None = None,
        sort: str | None = None,
        full: bool = False,
        page_size: int = 50,
    ) -> AsyncGenerator[AsyncJob]:
        """Jobs, the newest first, or as `sort` says. Pages are fetched as they are needed.

        A list tells the states of stages; with `full` their parts, files and the parameters too.
        """
        filters = calls.job_filters(state, pipeline, priority, text, sort, full, page_size)
        found = each(self._connection, lambda cursor: calls.list_jobs(filters, cursor))
        return (self._bound(job) async for job in found)

    async def pause(self, job_id: str) -> AsyncJob:
        """Start no new part."""
        return await self._job(calls.steer_job(job_id, "pause"))

    async def resume(self, job_id: str) -> AsyncJob:
        return await self._job(calls.steer_job(job_id, "resume"))

    async def cancel(self, job_id: str) -> AsyncJob:
        """End it now. What is done is kept."""
        return await self._job(calls.steer_job(job_id, "cancel"))

    async def retry(
        self, job_id: str, from_stage: str | None = None, params: Mapping[str, Any] | None = None
    ) -> AsyncJob:
        """Go on from the failed stage, or anew from another one, with changed parameters where given."""
        return await self._job(calls.retry_job(job_id, from_stage, params))

    async def answer(
        self,
        job_id: str,
        stage: str,
        action: str,
        data: Mapping[str, Any] | None = None,
        *,
        item: int | None = None,
    ) -> AsyncJob:
        """Reply to a stage that waits, with one of the actions that it offers."""
        return await self._job(calls.answer_job(job_id, stage, action, data, item))

    async def change(
        self,
        job_id: str,
        *,
        priority: str | None = None,
        description: str | None = None,
        metadata: Mapping[str, Any] | None = None,
    ) -> AsyncJob:
        return await self._job(calls.change_job(job_id, priority, description, metadata))

    async def delete(self, job_id: str) -> None:
        """Remove a job that has ended, with its files."""
        await self._connection.call(calls.delete_job(job_id))

    async def estimate(self, pipeline: str, params: Mapping[str, Any] | None = None) -> Estimate:
        """What such a job would take. Refuses what an order would be refused for, and stores nothing."""
        return await self._connection.call(calls.estimate_job(pipeline, params))

    async def share(self, job_id: str, expires_in_days: int = 30) -> Share:
        """A link that shows the result of a job that has succeeded, for 1 to 365 days."""
        return await self._connection.call(calls.share_job(job_id, expires_in_days))

    async def shares(self, job_id: str) -> Sequence[Share]:
        """The links that are good still."""
        return (await self._connection.call(calls.list_shares(job_id))).shares

    async def revoke(self, job_id: str, share_id: str) -> None:
        await self._connection.call(calls.revoke_share(job_id, share_id))

    async def attempts(self, job_id: str) -> Sequence[Attempt]:
        """Every try that has ended."""
        return await self._connection.call(calls.list_attempts(job_id))

    async def logs(self, job_id: str) -> Sequence[LogLine]:
        """The newest lines that the stages wrote."""
        return await self._connection.call(calls.list_log_lines(job_id))

    async def events(self, job_id: str, after: int = 0) -> Sequence[Event]:
        """What has happened so far after the event of that number, one page of it."""
        return await self._connection.call(calls.list_events(job_id, after))

    def watch(self, job_id: str, after: int = 0) -> AsyncGenerator[Event | Tick]:
        """The facts after that number and those to come, each once, with ticks between them, until the job has ended.

        It comes back by itself where the connection breaks or the server starts again, and raises ConnectionLost when
        the server stays away for longer than the patience of the client.
        """
        return watching.Watch(self._connection, job_id, after).items()

    async def wait(self, job: JobData, timeout_seconds: float | None = None) -> AsyncJob:
        """The job when it has ended. Raises WaitTimedOut."""
        return self._bound(await watching.wait(self._connection, job, timeout_seconds))

    async def download(self, artifact: Artifact, to: str | os.PathLike[str] = ".") -> Path:
        """Fetch a file into a folder or to a path: whole, with the right sha256, or not at all."""
        return await downloads.download(self._connection, artifact, to)

    async def _job(self, call: Call[JobData]) -> AsyncJob:
        return self._bound(await self._connection.call(call))

    def _bound(self, data: JobData) -> AsyncJob:
        return AsyncJob.model_construct(**dict(data)).bound_to(self)


class AsyncAssets:
    """The files of the user's library."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def upload(
        self,
        path: str | os.PathLike[str],
        kind: str | None = None,
        *,
        name: str | None = None,
        on_progress: Callable[[int, int], object] | None = None,
    ) -> Asset:
        """Send a file; a large one goes piece by piece and goes on where the connection broke.

        Kinds: portrait, image, voice_sample, audio, video, script, dataset_zip; by its content where none is named.
        `on_progress` is told how many bytes the server has, and how many there are. Returns when the content was
        checked; raises BadInput for what does not fit its kind.
        """
        return await uploads.upload(self._connection, path, kind, name, on_progress)

    async def get(self, asset_id: str) -> Asset:
        return await self._connection.call(calls.get_asset(asset_id))

    def list(
        self,
        *,
        kind: str | None = None,
        state: str | None = None,
        tag: str | None = None,
        text: str | None = None,
        sort: str | None = None,
        page_size: int = 50,
    ) -> AsyncGenerator[Asset]:
        """Pages are fetched as they are needed."""
        filters = {"kind": kind, "state": state, "tag": tag, "text": text, "sort": sort, "limit": page_size}
        return each(self._connection, lambda cursor: calls.list_assets(filters, cursor))

    async def delete(self, asset_id: str, *, force: bool = False) -> None:
        """Raises Conflict for one that unfinished jobs need, unless forced."""
        await self._connection.call(calls.delete_asset(asset_id, force))

    async def link(self, asset_id: str) -> str:
        """A link that fetches the file without a token, for a few minutes."""
        return self._connection.absolute((await self._connection.call(calls.link_asset(asset_id))).url)


class AsyncPipelines:
    """What can be made."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def list(self) -> Sequence[Pipeline]:
        return (await self._connection.call(calls.list_pipelines())).pipelines

    async def get(self, kind: str) -> Pipeline:
        return await self._connection.call(calls.get_pipeline(kind))


class AsyncEngines:
    """What makes it, and whether it is ready."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def list(self) -> Sequence[Engine]:
        return (await self._connection.call(calls.list_engines())).engines

    async def voices(self, engine: str | None = None, language: str | None = None) -> Sequence[Voice]:
        """Those of the named engine, or of all that are ready."""
        return (await self._connection.call(calls.list_voices(engine, language))).voices


class AsyncQueues:
    """What waits for workers; for administrators."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def list(self) -> Sequence[Queue]:
        """By name."""
        return (await self._connection.call(calls.list_queues())).queues

    async def pause(self, name: str, reason: str = "") -> Queue:
        """Start nothing of it any more; what runs goes on. Raises NotFound."""
        return await self._connection.call(calls.pause_queue(name, reason))

    async def resume(self, name: str) -> Queue:
        """Start what waits. Raises NotFound."""
        return await self._connection.call(calls.resume_queue(name))
