"""The words of the first documents for states and kinds of jobs."""

from __future__ import annotations

import pytest

from soundstage.api.jobs.legacy import (
    JobStatus,
    job_status,
    legacy_status,
    pipeline_of_type,
    states_of_status,
    type_of_pipeline,
)
from soundstage.core.states import JobState


@pytest.mark.parametrize(
    ("state", "status", "first_status"),
    [
        ("queued", "pending", "processing"),
        ("running", "running", "processing"),
        ("waiting", "waiting", "processing"),
        ("paused", "paused", "processing"),
        ("succeeded", "completed", "finished"),
        ("failed", "failed", "failed"),
        ("cancelled", "cancelled", "failed"),
    ],
)
def test_each_state_has_its_word_in_both_documents(state: str, status: JobStatus, first_status: str) -> None:
    assert job_status(JobState(state)) == status
    assert JobState(state) in states_of_status(status)
    if status != "running":
        assert [str(found) for found in states_of_status(status)] == [state]
    assert legacy_status(JobState(state)) == first_status


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("video_generation", "talking_head"),
        ("voice_clone", "voice_clone"),
        ("text_to_speech", "text_to_speech"),
        ("full_pipeline", "full_pipeline"),
    ],
)
def test_each_job_type_means_a_pipeline(name: str, kind: str) -> None:
    assert pipeline_of_type(name) == kind
    assert type_of_pipeline(kind) == name
