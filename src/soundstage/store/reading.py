"""From rows to values: what several views share, and what happens to rows that hold what we never wrote."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from soundstage.core.job import ErrorView
from soundstage.core.states import PRIORITY_RANKS
from soundstage.store.poison import UNREADABLE

PRIORITY_OF_RANK = {rank: priority for priority, rank in PRIORITY_RANKS.items()}
_log = logging.getLogger(__name__)
PictureT = TypeVar("PictureT")


def read_each(job_ids: Iterable[str], picture_of: Callable[[str], PictureT]) -> list[PictureT]:
    """The pictures of jobs; one whose rows are unreadable is left out, and logged."""
    pictures = []
    for job_id in job_ids:
        try:
            pictures.append(picture_of(job_id))
        except UNREADABLE as error:
            _log.warning(
                "What the database holds of job %s cannot be read: %s: %s", job_id, type(error).__name__, error
            )
    return pictures


def json_object(text: str) -> dict[str, Any]:
    """Raises ValueError where the text is another JSON value, or none."""
    value = json.loads(text)
    if not isinstance(value, dict):
        raise ValueError(f"{text[:40]!r} is no JSON object")  # noqa: TRY004 - bad data, not a wrong call
    return value


def error_view(text: str | None) -> ErrorView | None:
    return ErrorView(**json_object(text)) if text else None
