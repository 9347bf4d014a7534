"""Soundstage: media jobs as pipelines of visible stages.

These are the names that an author of a pipeline or an engine needs; nothing else is public.
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
