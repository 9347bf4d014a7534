"""A server as the place where commands work."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from soundstage import client
from soundstage.cli.desk import views
from soundstage.cli.desk.contract import OrderedJob, Picture, PipelineForm, Wanted
from soundstage.cli.desk.following import RemoteFollower
from soundstage.core import errors
from soundstage.core.job import ArtifactView, AttemptView, JobView
from soundstage.core.states import Priority
from soundstage.engines.contract import EngineSpec, Readiness, Voice

if TYPE_CHECKING:
    from soundstage.studio.jobs import LogLine

NEWEST = "last"
AUTO = "auto"
LARGEST_PAGE = 100
NO_LIMIT_HERE = 1 << 62
"""How large a file may be is for the server to say."""

LOG_IN = "`soundstage login URL` keeps a login; or name an API key with --api-key-file or SOUNDSTAGE_API_KEY."

_CLASS_OF: Sequence[tuple[type[client.ClientError], type[errors.SoundstageError]]] = (
    (client.BadInput, errors.BadInput),
    (client.NotSignedIn, errors.NotSignedIn),
    (client.NotAllowed, errors.NotAllowed),
    (client.NotFound, errors.NotFound),
    (client.Conflict, errors.Conflict),
    (client.LimitReached, errors.LimitReached),
    (client.Unavailable, errors.StoreUnavailable),
    (client.ConnectionLost, errors.ServerUnavailable),
)


class RemoteCatalog:
    """What is installed at the server."""

    def __init__(self, studio: client.Soundstage) -> None:
        self._studio = studio

    def pipelines(self) -> Sequence[PipelineForm]:
        return [views.pipeline_form(pipeline) for pipeline in self._studio.pipelines.list()]

    def broken_pipelines(self) -> Mapping[str, str]:
        return {}

    def pipeline(self, kind: str) -> PipelineForm:
        return views.pipeline_form(self._studio.pipelines.get(kind))

    def engines(self) -> Sequence[tuple[EngineSpec, Readiness]]:
        return [views.engine_view(engine) for engine in self._studio.engines.list()]

    def voices(self, engine: str, language: str | None) -> Sequence[tuple[str, Voice]]:
        found = self._studio.engines.voices(None if engine == AUTO else engine, language)
        return [(voice.engine, Voice(voice.name, voice.language, voice.title)) for voice in found]


class RemoteDesk:
    """Jobs of the user at one server. They go on there whatever happens here."""

    leaves_jobs_running = True
    max_file_bytes = NO_LIMIT_HERE

    def __init__(
        self, studio: client.Soundstage, open_client: Callable[[], client.AsyncSoundstage], command: str
    ) -> None:
        self._studio = studio
        self._jobs = studio.jobs
        self._open_client = open_client
        self.command = command

    def form(self, kind: str) -> PipelineForm:
        return views.pipeline_form(self._studio.pipelines.get(kind))

    def store_file(self, path: Path) -> str:
        return self._studio.assets.upload(path).reference

    def order(self, pipeline: str, params: Mapping[str, Any], priority: Priority, starts_anew: bool) -> OrderedJob:
        return OrderedJob(self._jobs.create(pipeline, params, priority=priority).id)

    def notes(self, job_id: str, is_detached: bool) -> Iterator[str]:
        return iter(())

    def is_served(self) -> bool:
        return True

    def named(self, name: str) -> str:
        if name != NEWEST:
            return self._jobs.get(name).id
        newest = self.list_jobs(Wanted(limit=1))
        if not newest:
            raise errors.NotFound("There is no job yet.", hint=f"`{self.command} run` starts one.")
        return newest[0].id

    def list_jobs(self, wanted: Wanted) -> Sequence[JobView]:
        found = self._jobs.list(
            state=[str(state) for state in wanted.states],
            pipeline=[wanted.pipeline] if wanted.pipeline else (),
            full=True,
            page_size=min(wanted.limit, LARGEST_PAGE),
        )
        return [views.job_view(job) for job in islice(found, wanted.limit)]

    def get(self, job_id: str) -> JobView:
        return views.job_view(self._jobs.get(job_id))

    def attempts(self, job_id: str) -> Sequence[AttemptView]:
        return [views.attempt_view(attempt) for attempt in self._jobs.attempts(job_id)]

    def logs(self, job_id: str) -> Sequence[LogLine]:
        return [views.log_line_of(line) for line in self._jobs.logs(job_id)]

    def looks(self, job_id: str, after: int, follows: bool) -> Generator[Picture]:
        if follows:
            yield from RemoteFollower(self._open_client, job_id, after).pictures()
            return
        job = self.get(job_id)
        while page := self._jobs.events(job_id, after):
            yield Picture(job, [views.event_of(job_id, event) for event in page])
            after = page[-1].seq

    def pictures(self, job_id: str) -> Generator[Picture]:
        return RemoteFollower(self._open_client, job_id).pictures()

    def end_work(self) -> None:
        """Nothing runs here."""

    def fetch(self, job_id: str, artifact: ArtifactView, target: Path) -> None:
        url = f"/api/jobs/{job_id}/artifacts/{quote(artifact.name, safe='')}"
        wanted = client.Artifact(
            name=artifact.name,
            sha256=artifact.sha256,
            size_bytes=artifact.size_bytes,
            media_type=artifact.media_type,
            created_at=artifact.created_at,
            url=url,
        )
        self._jobs.download(wanted, target)

    def pause(self, job_id: str) -> None:
        self._jobs.pause(job_id)

    def resume(self, job_id: str) -> None:
        self._jobs.resume(job_id)

    def cancel(self, job_id: str) -> None:
        self._jobs.cancel(job_id)

    def retry(self, job_id: str, from_stage: str | None, changes: Mapping[str, Any]) -> None:
        self._jobs.retry(job_id, from_stage, changes)

    def answer(self, job_id: str, stage: str, action: str, data: Mapping[str, Any]) -> None:
        self._jobs.answer(job_id, stage, action, data)

    def set_priority(self, job_id: str, priority: Priority) -> None:
        self._jobs.change(job_id, priority=priority)

    def delete(self, job_id: str) -> None:
        self._jobs.delete(job_id)


def command_for(url: str, is_named: bool) -> str:
    """How a command for this server begins; the environment may name the server already."""
    return f"soundstage --server {shlex.quote(url)}" if is_named else "soundstage"


@contextmanager
def translated() -> Iterator[None]:
    """Errors of the client become those of commands, with the server's code, words and hint."""
    try:
        yield
    except client.ClientError as error:
        raise _ours(error) from error


def _ours(error: client.ClientError) -> errors.SoundstageError:
    kind = next((ours for theirs, ours in _CLASS_OF if isinstance(error, theirs)), errors.SoundstageError)
    if not isinstance(error, client.ApiError):
        return kind(str(error))
    hint = LOG_IN if isinstance(error, client.NotSignedIn) else error.hint
    made = kind(error.detail, hint=hint)
    made.code = error.code
    return made
