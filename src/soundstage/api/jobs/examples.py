"""A job as the OpenAPI description shows it."""

from __future__ import annotations

from typing import Any

JOB_EXAMPLE: dict[str, Any] = {
    "id": "job_06fk3v8q2s5d1n7x9b4c0m8r3t",
    "pipeline": "text_to_speech",
    "version": 1,
    "state": "running",
    "status": "processing",
    "progress": 45,
    "current_stage": "GENERATION",
    "remaining_seconds": 3.2,
    "priority": "normal",
    "generation": 1,
    "last_seq": 5,
    "description": "Good morning",
    "metadata": {
        "course": 7,
        "pipeline": {
            "stages": [
                {
                    "key": "GENERATION",
                    "label": "Speaking",
                    "status": "active",
                    "progress": 50,
                    "completed_at": None,
                }
            ]
        },
    },
    "created_at": "2026-01-05T09:30:00Z",
    "started_at": "2026-01-05T09:30:00.004Z",
    "finished_at": None,
    "error": None,
    "params": {"text": "Good morning."},
    "inputs": [],
    "stages": [
        {
            "key": "GENERATION",
            "label": "Speaking",
            "weight": 70,
            "kind": "automatic",
            "items": None,
            "queue_paused": False,
            "state": "active",
            "progress": 50,
            "started_at": "2026-01-05T09:30:01Z",
            "finished_at": None,
            "error": None,
            "wait": None,
            "parts": [
                {
                    "id": 12,
                    "item": None,
                    "state": "active",
                    "progress": 50,
                    "message": "Sentence 3 of 6",
                    "attempt": 1,
                    "failures": 0,
                    "losses": 0,
                    "worker": "worker_06fk3v8q2s5d1n7x9b4c0m8r3t",
                    "started_at": "2026-01-05T09:30:01Z",
                    "finished_at": None,
                    "wait": None,
                    "error": None,
                }
            ],
            "artifacts": [],
            "queue": "cpu",
            "values": {},
            "made_by": [],
        }
    ],
}
