"""How an asset looks or sounds at a glance: a small picture, or the shape of its sound. Soundstage orders it itself."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from soundstage.core.context import StageContext
from soundstage.core.files import FileInput
from soundstage.core.outcome import Done
from soundstage.core.pipeline import Pipeline, Stage
from soundstage.media.assemble import thumbnail
from soundstage.media.pictures import load_picture, save_jpeg
from soundstage.media.probe import probe
from soundstage.media.waveform import write_peaks
from soundstage.pipelines.stages.parameters import Parameters

THUMBNAIL_FILE = "thumbnail.jpg"
PEAKS_FILE = "peaks.json"
THUMBNAIL_PIXELS = 512 * 512
THUMBNAIL_AT_SECONDS = 1.0


class PreviewParameters(Parameters):
    source: Annotated[
        str, FileInput(accept=("image", "audio", "video")), Field(description="The asset's original file")
    ]


def preview(ctx: StageContext[PreviewParameters]) -> Done:
    """Leaves thumbnail.jpg for what can be seen, peaks.json for what can only be heard."""
    source = ctx.input_file(ctx.params.source)
    info = probe(source)
    if info.kind == "audio":
        peaks = ctx.workdir / PEAKS_FILE
        write_peaks(source, peaks, ctx.progress)
        return Done(files={PEAKS_FILE: peaks})
    picture = ctx.workdir / THUMBNAIL_FILE
    if info.kind == "image":
        save_jpeg(load_picture(source, THUMBNAIL_PIXELS), picture)
    else:
        thumbnail(source, picture, at_seconds=min(THUMBNAIL_AT_SECONDS, info.duration_seconds / 2))
    return Done(files={THUMBNAIL_FILE: picture})


asset_preview = Pipeline(
    kind="asset_preview",
    params=PreviewParameters,
    title="Preview of an asset",
    description="Makes the small picture or the waveform of a file in the library.",
    stages=[
        Stage(
            "PREVIEW",
            preview,
            weight=100,
            label="Making the preview",
            labels={"id": "Membuat pratinjau", "pt": "Criando a prévia"},
            timeout_seconds=600.0,
        )
    ],
)
