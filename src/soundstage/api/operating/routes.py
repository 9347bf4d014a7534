"""Where Prometheus looks."""

from __future__ import annotations

import hmac

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4

from soundstage.api.access import BearerToken
from soundstage.api.services import Services, ServicesNeeded
from soundstage.studio.access import Scope, check

router = APIRouter(tags=["health"])


@router.get(
    "/metrics",
    summary="What the server measures, for Prometheus",
    operation_id="get_metrics",
    response_class=Response,
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}},
)
def get_metrics(services: ServicesNeeded, bearer: BearerToken) -> Response:
    """For administrators, and for who has the metrics token."""
    _check_reader(services, bearer)
    return Response(services.operating.metrics.text(), headers={"Content-Type": CONTENT_TYPE_PLAIN_0_0_4})


def _check_reader(services: Services, bearer: str | None) -> None:
    """Raises NotSignedIn, NotAllowed."""
    operating = services.operating
    token = operating.metrics_token
    has_token = bool(token) and hmac.compare_digest((bearer or "").encode(), (token or "").encode())
    if not (has_token or operating.are_metrics_public):
        check(services.identities.identify(bearer), [Scope.ADMIN])
