"""Is the process up, and can it do its work: for people, service managers and load balancers."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter, Response
from pydantic import BaseModel

from soundstage.api.services import ServicesNeeded
from soundstage.core.errors import SoundstageError

router = APIRouter(tags=["health"])


class Alive(BaseModel):
    status: str = "ok"


class Check(BaseModel):
    """One thing that the server needs. `detail` says what is wrong where it is not ready."""

    name: str
    ready: bool
    detail: str = ""


class Readiness(BaseModel):
    ready: bool
    checks: list[Check]


@router.get("/healthz", summary="The process answers", operation_id="get_health")
async def get_health() -> Alive:
    return Alive()


@router.get(
    "/readyz",
    summary="Database, workers and disk can be used",
    operation_id="get_readiness",
    responses={503: {"model": Readiness, "description": "Something that the server needs is missing"}},
)
def get_readiness(services: ServicesNeeded, response: Response) -> Readiness:
    checks = [_checked(name, check) for name, check in services.checks.items()]
    ready = all(check.ready for check in checks)
    if not ready:
        response.status_code = 503
    return Readiness(ready=ready, checks=checks)


def _checked(name: str, check: Callable[[], object]) -> Check:
    try:
        check()
    except SoundstageError as error:
        return Check(name=name, ready=False, detail=error.message)
    return Check(name=name, ready=True)
