"""What happens behind the back of somebody at the page: orders, accounts and files that come by the API."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.integration.conftest import PASSWORD, ServerProcess, until


def make_user(server: ServerProcess, username: str, **account: str) -> None:
    """A plain user of the free plan, with the password that all have here."""
    body = {"email": f"{username}@example.com", "username": username, "password": PASSWORD, **account}
    _ok(server.client.post("/api/admin/users", json=body))


def order(server: ServerProcess, pipeline: str, description: str = "", **params: Any) -> str:
    """The id of a job of the administrator."""
    body = {"pipeline": pipeline, "params": params, "description": description}
    return str(_ok(server.client.post("/api/jobs", json=body))["id"])


def store_text(server: ServerProcess, text: str) -> str:
    """The reference of a file with that text."""
    return str(_ok(server.client.post("/api/files", content=text.encode()))["reference"])


def add_asset(server: ServerProcess, path: Path, **form: str) -> str:
    """The id of a file in the library of the administrator."""
    with path.open("rb") as file:
        return str(_ok(server.client.post("/api/assets", files={"file": (path.name, file)}, data=form))["id"])


def share(server: ServerProcess, job_id: str) -> str:
    """The path of a page that shows the result to anybody."""
    return urlsplit(str(_ok(server.client.post(f"/api/jobs/{job_id}/shares"))["url"])).path


def state_of(server: ServerProcess, job_id: str) -> str:
    return str(_ok(server.client.get(f"/api/jobs/{job_id}"))["state"])


def wait_until(server: ServerProcess, job_id: str, state: str) -> None:
    until(lambda: state_of(server, job_id) == state, f"the job is {state}")


def jobs_named(server: ServerProcess, description: str) -> int:
    jobs = _ok(server.client.get("/api/jobs", params={"limit": 100}))["jobs"]
    return sum(job["description"] == description for job in jobs)


def how_often(folder: Path) -> Counter[str]:
    """The lines of a ledger."""
    return Counter((folder / "ledger").read_text(encoding="utf-8").splitlines())


def open_gate(folder: Path, gate: str) -> None:
    (folder / gate).touch()


def _ok(answer: Any) -> Any:
    assert answer.is_success, answer.text
    return answer.json()
