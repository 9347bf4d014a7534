"""Traces by OpenTelemetry over OTLP/HTTP, where a collector is named; otherwise nothing of it is loaded."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.metadata import version
from typing import TYPE_CHECKING

from soundstage.core.errors import BadInput
from soundstage.core.log_lines import redacted
from soundstage.core.traces import Attributes, NoTracer, Span, Tracer, carrying

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.trace import Span as OpenTelemetrySpan

CLOSE_MILLISECONDS = 2_000
EXPORT_SECONDS = 5.0
ENDPOINT_VARIABLES = ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")
"""Those of the OpenTelemetry specification, OTLP exporter configuration: of traces alone, and of all signals."""


def traces_url(endpoint: str | None, environment: Mapping[str, str] = os.environ) -> str | None:
    """Where spans are posted to; None where nothing is traced."""
    of_traces, of_all = (environment.get(name) for name in ENDPOINT_VARIABLES)
    place = endpoint or of_all
    if endpoint is None and of_traces:
        return of_traces
    return f"{place.rstrip('/')}/v1/traces" if place else None


def open_tracer(url: str | None, service: str) -> Tracer:
    """Raises BadInput where traces are asked for and their packages are not installed."""
    if url is None:
        return NoTracer()
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError as error:
        raise BadInput(
            f"Traces are to go to {redacted(url)}, but a package for it is missing: {error.name}.",
            hint='Type: pip install "soundstage[traces]". Or leave SOUNDSTAGE_TRACES_ENDPOINT and OTEL_EXPORTER_OTLP_* '
            "empty.",
        ) from error
    resource = Resource.create({"service.name": service, "service.version": version("soundstage")})
    provider = TracerProvider(resource=resource, shutdown_on_exit=False)
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=url, timeout=EXPORT_SECONDS)))
    return _Tracer(provider)


class _Tracer:
    is_on = True

    def __init__(self, provider: TracerProvider) -> None:
        self._provider = provider
        self._tracer = provider.get_tracer("soundstage")

    @contextmanager
    def span(self, name: str, parent: str, is_server: bool = False) -> Iterator[Span]:
        from opentelemetry.trace import SpanKind
        from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

        propagator = TraceContextTextMapPropagator()
        context = propagator.extract({"traceparent": parent})
        kind = SpanKind.SERVER if is_server else SpanKind.CONSUMER
        with self._tracer.start_as_current_span(name, context, kind, record_exception=False) as span:
            carried: dict[str, str] = {}
            propagator.inject(carried)
            with carrying(carried.get("traceparent", "")):
                yield _Span(span)

    def close(self) -> None:
        self._provider.force_flush(CLOSE_MILLISECONDS)
        self._provider.shutdown()


class _Span:
    def __init__(self, span: OpenTelemetrySpan) -> None:
        self._span = span
        self.trace_id = f"{span.get_span_context().trace_id:032x}"

    def describe(self, name: str, attributes: Attributes) -> None:
        self._span.update_name(name)
        self._span.set_attributes(dict(attributes))

    def fail(self, why: str) -> None:
        from opentelemetry.trace import Status, StatusCode

        self._span.set_status(Status(StatusCode.ERROR, redacted(why)))
