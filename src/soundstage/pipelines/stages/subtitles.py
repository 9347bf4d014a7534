"""Subtitles from the words that were spoken."""

from __future__ import annotations

from typing import Any

from soundstage.core.context import StageContext, StageOutput
from soundstage.core.outcome import Done
from soundstage.engines.contract import Cue
from soundstage.media.subtitles import parse_webvtt, subtitles_of, webvtt
from soundstage.pipelines.stages.speech import TIMING_FILE
from soundstage.pipelines.stages.timing import Timing

SUBTITLES_FILE = "subtitles.vtt"


def write_subtitles(ctx: StageContext[Any], speech: StageOutput) -> Done:
    """Leaves the value `cues` (their number) and the file subtitles.vtt."""
    cues = subtitles_of(Timing.load(speech.file(TIMING_FILE)).words)
    path = ctx.workdir / SUBTITLES_FILE
    path.write_text(webvtt(cues), encoding="utf-8")
    return Done(values={"cues": len(cues)}, files={SUBTITLES_FILE: path})


def read_cues(subtitles: StageOutput) -> list[Cue]:
    """The cues of a stage that wrote subtitles."""
    written = parse_webvtt(subtitles.file(SUBTITLES_FILE).read_text(encoding="utf-8"))
    return [Cue(cue.text, cue.start_seconds, cue.end_seconds) for cue in written]
