"""Soundstage: media jobs as pipelines of visible stages.

These are the names that the author of a pipeline needs. The author of an engine finds the rest in
`soundstage.engines.contract`; files are read and written with `soundstage.media`, tests use `soundstage.testing`.
Nothing else is public.
"""

from soundstage.core.context import CheckpointedItem, StageContext, StageOutput
from soundstage.core.errors import BadInput, SoundstageError
from soundstage.core.files import FileInput
from soundstage.core.outcome import Answer, Done, Outcome, Snooze, Wait
from soundstage.core.pipeline import Pipeline, Stage
from soundstage.core.retry import RetryPolicy
from soundstage.core.states import Priority, StageKind

__all__ = [
    "Answer",
    "BadInput",
    "CheckpointedItem",
    "Done",
    "FileInput",
    "Outcome",
    "Pipeline",
    "Priority",
    "RetryPolicy",
    "Snooze",
    "SoundstageError",
    "Stage",
    "StageContext",
    "StageKind",
    "StageOutput",
    "Wait",
]
