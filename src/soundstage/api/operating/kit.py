"""What a server is looked after with."""

from __future__ import annotations

from dataclasses import dataclass, field

from soundstage.api.operating.metrics import Metrics
from soundstage.core.traces import NoTracer, Tracer


@dataclass(frozen=True, slots=True)
class Operating:
    """Made by bootstrap. Metrics are for administrators and for who has the token, or where they are public for all."""

    metrics: Metrics = field(default_factory=Metrics)
    tracer: Tracer = field(default_factory=NoTracer)
    metrics_token: str | None = field(default=None, repr=False)
    are_metrics_public: bool = False
