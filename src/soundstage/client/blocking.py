"""The client that blocks: `Soundstage`."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
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
from soundstage.client.wires import BlockingWire, iterate, run


class Soundstage:
    """A studio over HTTP. May be used from several threads; close it, or use it in a `with` block.

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
            BlockingWire, url, token, api_key, tokens, timeout_seconds, patience, transport
        )
        self.jobs = Jobs(self._connection)
        self.assets = Assets(self._connection)
        self.pipelines = Pipelines(self._connection)
        self.engines = Engines(self._connection)
        self.queues = Queues(self._connection)

    @classmethod
    def from_environment(cls, **options: Any) -> Self:
        """By SOUNDSTAGE_SERVER and SOUNDSTAGE_API_KEY."""
        return cls(**opening.from_environment(), **options)

    def login(self, user: str, password: str, *, remember: bool = False) -> None:
        """By e-mail or user name. The access token is renewed by itself. Raises NotSignedIn, LimitReached."""
        run(opening.log_in(self._connection, user, password, remember))

    def logout(self) -> None:
        """End the session."""
        run(opening.log_out(self._connection))

    def close(self) -> None:
        run(self._connection.wire.close())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


class Job(JobData):
    """A picture of a job, and what can be asked of it. Each answer is a new picture."""

    _jobs: Jobs = PrivateAttr()

    def bound_to(self, jobs: Jobs) -> Self:
        """Ask these."""
        self._jobs = jobs
        return self

    def refresh(self) -> Job:
        """The job as it is now."""
        return self._jobs.get(self.id)

    def watch(self, after: int = 0) -> Generator[Event | Tick]:
        """What happened and what happens, live; see `Jobs.watch`."""
        return self._jobs.watch(self.id, after)

    def wait(self, timeout_seconds: float | None = None) -> Job:
        """The job when it has ended, however it did. Raises WaitTimedOut, NotFound, ConnectionLost."""
        return self._jobs.wait(self, timeout_seconds)

    def download(self, file: str | Artifact, to: str | os.PathLike[str] = ".") -> Path:
        """Fetch a file by its name into a folder or to a path. Raises LookupError, DamagedDownload, ConnectionLost."""
        return self._jobs.download(file if isinstance(file, Artifact) else self.artifact(file), to)

    def pause(self) -> Job:
        return self._jobs.pause(self.id)

    def resume(self) -> Job:
        return self._jobs.resume(self.id)

    def cancel(self) -> Job:
        return self._jobs.cancel(self.id)

    def retry(self, from_stage: str | None = None, params: Mapping[str, Any] | None = None) -> Job:
        return self._jobs.retry(self.id, from_stage, params)

    def answer(self, stage: str, action: str, data: Mapping[str, Any] | None = None, *, item: int | None = None) -> Job:
        return self._jobs.answer(self.id, stage, action, data, item=item)

    def change(
        self,
        *,
        priority: str | None = None,
        description: str | None = None,
        metadata: Mapping[str, Any] | None = None,
    ) -> Job:
        return self._jobs.change(self.id, priority=priority, description=description, metadata=metadata)

    def delete(self) -> None:
        self._jobs.delete(self.id)

    def share(self, expires_in_days: int = 30) -> Share:
        """A link that shows the result to somebody without an account."""
        return self._jobs.share(self.id, expires_in_days)

    def shares(self) -> Sequence[Share]:
        return self._jobs.shares(self.id)

    def revoke(self, share: Share) -> None:
        """From now on the link shows nothing."""
        self._jobs.revoke(self.id, share.id)


class Jobs:
    """Every method raises ApiError and ConnectionLost; its subclasses tell what happened."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def create(
        self,
        pipeline: str,
        params: Mapping[str, Any] | None = None,
        *,
        priority: str = "normal",
        description: str = "",
        metadata: Mapping[str, Any] | None = None,
        idempotency_key: str | None = None,
    ) -> Job:
        """Order a job: when this returns it is stored. The same key gives the same job; without one it is new."""
        return self._job(calls.create_job(pipeline, params, priority, description, metadata, idempotency_key))

    def get(self, job_id: str) -> Job:
        return self._job(calls.get_job(job_id))

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
    ) -> Iterator[Job]:
        """Jobs, the newest first, or as `sort` says. Pages are fetched as they are needed.

        A list tells the states of stages; with `full` their parts, files and the parameters too.
        """
        filters = calls.job_filters(state, pipeline, priority, text, sort, full, page_size)
        found = each(self._connection, lambda cursor: calls.list_jobs(filters, cursor))
        return (self._bound(job) for job in iterate(found))

    def pause(self, job_id: str) -> Job:
        """Start no new part."""
        return self._job(calls.steer_job(job_id, "pause"))

    def resume(self, job_id: str) -> Job:
        return self._job(calls.steer_job(job_id, "resume"))

    def cancel(self, job_id: str) -> Job:
        """End it now. What is done is kept."""
        return self._job(calls.steer_job(job_id, "cancel"))

    def retry(self, job_id: str, from_stage: str | None = None, params: Mapping[str, Any] | None = None) -> Job:
        """Go on from the failed stage, or anew from another one, with changed parameters where given."""
        return self._job(calls.retry_job(job_id, from_stage, params))

    def answer(
        self,
        job_id: str,
        stage: str,
        action: str,
        data: Mapping[str, Any] | None = None,
        *,
        item: int | None = None,
    ) -> Job:
        """Reply to a stage that waits, with one of the actions that it offers."""
        return self._job(calls.answer_job(job_id, stage, action, data, item))

    def change(
        self,
        job_id: str,
        *,
        priority: str | None = None,
        description: str | None = None,
        metadata: Mapping[str, Any] | None = None,
    ) -> Job:
        return self._job(calls.change_job(job_id, priority, description, metadata))

    def delete(self, job_id: str) -> None:
        """Remove a job that has ended, with its files."""
        run(self._connection.call(calls.delete_job(job_id)))

    def estimate(self, pipeline: str, params: Mapping[str, Any] | None = None) -> Estimate:
        """What such a job would take. Refuses what an order would be refused for, and stores nothing."""
        return run(self._connection.call(calls.estimate_job(pipeline, params)))

    def share(self, job_id: str, expires_in_days: int = 30) -> Share:
        """A link that shows the result of a job that has succeeded, for 1 to 365 days."""
        return run(self._connection.call(calls.share_job(job_id, expires_in_days)))

    def shares(self, job_id: str) -> Sequence[Share]:
        """The links that are good still."""
        return run(self._connection.call(calls.list_shares(job_id))).shares

    def revoke(self, job_id: str, share_id: str) -> None:
        run(self._connection.call(calls.revoke_share(job_id, share_id)))

    def attempts(self, job_id: str) -> Sequence[Attempt]:
        """Every try that has ended."""
        return run(self._connection.call(calls.list_attempts(job_id)))

    def logs(self, job_id: str) -> Sequence[LogLine]:
        """The newest lines that the stages wrote."""
        return run(self._connection.call(calls.list_log_lines(job_id)))

    def events(self, job_id: str, after: int = 0) -> Sequence[Event]:
        """What has happened so far after the event of that number, one page of it."""
        return run(self._connection.call(calls.list_events(job_id, after)))

    def watch(self, job_id: str, after: int = 0) -> Generator[Event | Tick]:
        """The facts after that number and those to come, each once, with ticks between them, until the job has ended.

        It comes back by itself where the connection breaks or the server starts again, and raises ConnectionLost when
        the server stays away for longer than the patience of the client.
        """
        return iterate(watching.Watch(self._connection, job_id, after).items())

    def wait(self, job: JobData, timeout_seconds: float | None = None) -> Job:
        """The job when it has ended. Raises WaitTimedOut."""
        return self._bound(run(watching.wait(self._connection, job, timeout_seconds)))

    def download(self, artifact: Artifact, to: str | os.PathLike[str] = ".") -> Path:
        """Fetch a file into a folder or to a path: whole, with the right sha256, or not at all."""
        return run(downloads.download(self._connection, artifact, to))

    def _job(self, call: Call[JobData]) -> Job:
        return self._bound(run(self._connection.call(call)))

    def _bound(self, data: JobData) -> Job:
        return Job.model_construct(**dict(data)).bound_to(self)


class Assets:
    """The files of the user's library."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def upload(
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
        return run(uploads.upload(self._connection, path, kind, name, on_progress))

    def get(self, asset_id: str) -> Asset:
        return run(self._connection.call(calls.get_asset(asset_id)))

    def list(
        self,
        *,
        kind: str | None = None,
        state: str | None = None,
        tag: str | None = None,
        text: str | None = None,
        sort: str | None = None,
        page_size: int = 50,
    ) -> Iterator[Asset]:
        """Pages are fetched as they are needed."""
        filters = {"kind": kind, "state": state, "tag": tag, "text": text, "sort": sort, "limit": page_size}
        return iterate(each(self._connection, lambda cursor: calls.list_assets(filters, cursor)))

    def delete(self, asset_id: str, *, force: bool = False) -> None:
        """Raises Conflict for one that unfinished jobs need, unless forced."""
        run(self._connection.call(calls.delete_asset(asset_id, force)))

    def link(self, asset_id: str) -> str:
        """A link that fetches the file without a token, for a few minutes."""
        return self._connection.absolute(run(self._connection.call(calls.link_asset(asset_id))).url)


class Pipelines:
    """What can be made."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def list(self) -> Sequence[Pipeline]:
        return run(self._connection.call(calls.list_pipelines())).pipelines

    def get(self, kind: str) -> Pipeline:
        return run(self._connection.call(calls.get_pipeline(kind)))


class Engines:
    """What makes it, and whether it is ready."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def list(self) -> Sequence[Engine]:
        return run(self._connection.call(calls.list_engines())).engines

    def voices(self, engine: str | None = None, language: str | None = None) -> Sequence[Voice]:
        """Those of the named engine, or of all that are ready."""
        return run(self._connection.call(calls.list_voices(engine, language))).voices


class Queues:
    """What waits for workers; for administrators."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def list(self) -> Sequence[Queue]:
        """By name."""
        return run(self._connection.call(calls.list_queues())).queues

    def pause(self, name: str, reason: str = "") -> Queue:
        """Start nothing of it any more; what runs goes on. Raises NotFound."""
        return run(self._connection.call(calls.pause_queue(name, reason)))

    def resume(self, name: str) -> Queue:
        """Start what waits. Raises NotFound."""
        return run(self._connection.call(calls.resume_queue(name)))
