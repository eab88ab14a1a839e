"""OpenTelemetry for Haystack 2 and 3, set up before Haystack is imported as its users do."""

import os

from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SimpleSpanProcessor


def start(service: str, *, at_once: bool = False) -> TracerProvider:
    """Traces Haystack. With `at_once` each span is sent when it ends: nothing waits in the process."""
    provider = TracerProvider(resource=Resource.create({"service.name": service}))
    processor = SimpleSpanProcessor if at_once else BatchSpanProcessor
    provider.add_span_processor(processor(OTLPSpanExporter()))
    trace.set_tracer_provider(provider)
    instrument(os.environ.get("INSTRUMENT"))

    from haystack import tracing

    # Haystack 2 finds the provider when it is imported; Haystack 3 is told.
    if not tracing.is_tracing_enabled():
        from haystack_integrations.tracing.opentelemetry import OpenTelemetryTracer

        tracing.enable_tracing(OpenTelemetryTracer(trace.get_tracer("haystack")))
    return provider


def instrument(name: str | None) -> None:
    """A second tracer, of the model's client."""
    if name == "openai-v2":
        from opentelemetry.instrumentation.openai_v2 import OpenAIInstrumentor

        OpenAIInstrumentor().instrument()
    if name == "openinference":
        from openinference.instrumentation.openai import OpenAIInstrumentor

        OpenAIInstrumentor().instrument()
