"""What every process needs: made from its slice of the settings when it is first asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from soundstage.blobs.contract import Blobs
from soundstage.blobs.folder import FolderBlobs
from soundstage.bootstrap.traces import traces_url
from soundstage.core.errors import BadInput, BadPipeline
from soundstage.engines.registry import EngineRegistry
from soundstage.media.ffmpeg import choose_ffmpeg
from soundstage.pipelines.files import load_pipeline_file
from soundstage.pipelines.registry import OWN_CHORES, PipelineRegistry
from soundstage.runtime.home import HomeFolder, open_home
from soundstage.store.store import Store, open_database

if TYPE_CHECKING:
    from soundstage.settings import Settings
    from soundstage.store.records import Records


@dataclass(frozen=True, slots=True)
class ProcessSettings:
    """The slice of the settings that every process needs. Workers get it as JSON: they start in half the time when
    they need not load and check the whole tree again.
    """

    home: str
    database_url: str
    is_always_durable: bool
    pipeline_files: Sequence[str]
    ffmpeg: str | None
    preferred_engines: Mapping[str, str]
    queues: Sequence[str]
    beat_seconds: float
    stop_grace_seconds: float
    blobs_url: str | None = None
    s3_endpoint_url: str | None = None
    s3_public_endpoint_url: str | None = None
    s3_region: str = "us-east-1"
    s3_access_key_id: str | None = None
    s3_secret_access_key: str | None = field(default=None, repr=False)
    blob_cache_bytes: int = 0
    log_level: str = "WARNING"
    log_format: str = "text"
    traces_url: str | None = None

    @classmethod
    def of(cls, settings: Settings) -> Self:
        secret = settings.s3_secret_access_key
        engines = {"speech": settings.speech_engine, "avatar": settings.avatar_engine}
        return cls(
            home=str(settings.home.absolute()),
            database_url=settings.resolved_database_url,
            is_always_durable=settings.durability == "full",
            pipeline_files=[str(path.absolute()) for path in settings.pipeline_paths],
            ffmpeg=None if settings.ffmpeg is None else str(settings.ffmpeg),
            preferred_engines={capability: kind for capability, kind in engines.items() if kind},
            queues=settings.queue_names,
            beat_seconds=settings.beat_seconds,
            stop_grace_seconds=settings.stop_grace_seconds,
            blobs_url=settings.blobs_url,
            s3_endpoint_url=settings.s3_endpoint_url,
            s3_public_endpoint_url=settings.s3_public_endpoint_url,
            s3_region=settings.s3_region,
            s3_access_key_id=settings.s3_access_key_id,
            s3_secret_access_key=None if secret is None else secret.get_secret_value(),
            blob_cache_bytes=settings.blob_cache_bytes,
            log_level=settings.log_level,
            log_format=settings.log_format,
            traces_url=traces_url(settings.traces_endpoint),
        )


@dataclass
class Parts:
    """What every process needs, made from settings when it is first asked for."""

    settings: ProcessSettings

    @classmethod
    def of(cls, settings: Settings) -> Self:
        return cls(ProcessSettings.of(settings))

    @cached_property
    def home(self) -> HomeFolder:
        """Raises HomeNotWritable."""
        return open_home(Path(self.settings.home))

    @cached_property
    def store(self) -> Store:
        return Store(open_database(self.settings.database_url, always_durable=self.settings.is_always_durable))

    @cached_property
    def records(self) -> Records:
        from soundstage.store.records import Records  # loads SQLAlchemy, which workers do without

        return Records(self.store.database)

    def close(self) -> None:
        """Closes the connections to the database of this thread, and those that wait in pools."""
        if "records" in self.__dict__:
            self.records.close()
        self.store.database.close()

    @cached_property
    def blobs(self) -> Blobs:
        """Raises BadInput for a place that is not one."""
        if self.settings.blobs_url:
            return _open_s3(self.settings, self.home.cache)
        return FolderBlobs(self.home.blobs)

    @cached_property
    def pipelines(self) -> PipelineRegistry:
        registry = PipelineRegistry(unlisted=OWN_CHORES)
        for path in map(Path, self.settings.pipeline_files):
            try:
                for pipeline in load_pipeline_file(path):
                    registry.add(pipeline)
            except BadPipeline as error:
                registry.set_aside(path.stem, error.message)
        return registry

    @cached_property
    def engines(self) -> EngineRegistry:
        choose_ffmpeg(None if self.settings.ffmpeg is None else Path(self.settings.ffmpeg))
        return EngineRegistry.installed(preferred=self.settings.preferred_engines)


def _open_s3(settings: ProcessSettings, cache_folder: Path) -> Blobs:
    from soundstage.blobs.bucket import Place
    from soundstage.blobs.s3 import S3Blobs, bucket_of

    bucket, prefix = bucket_of(settings.blobs_url or "")
    if bool(settings.s3_access_key_id) != bool(settings.s3_secret_access_key):
        raise BadInput(
            "One of the two S3 keys is missing.",
            hint="Set both SOUNDSTAGE_S3_ACCESS_KEY_ID and SOUNDSTAGE_S3_SECRET_ACCESS_KEY, or neither.",
        )
    place = Place(
        bucket,
        prefix,
        settings.s3_endpoint_url or None,
        settings.s3_region,
        settings.s3_access_key_id or None,
        settings.s3_secret_access_key or None,
    )
    return S3Blobs(place, cache_folder, settings.blob_cache_bytes, settings.s3_public_endpoint_url or None)
