"""Calls of OpenAI models, traced by OpenTelemetry's own instrumentation. Arguments: the scenarios to run."""

import os
import sys

import openai
from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor

provider = TracerProvider(resource=Resource.create({"service.name": "openai-calls"}))
provider.add_span_processor(SimpleSpanProcessor(OTLPSpanExporter()))
trace.set_tracer_provider(provider)

try:
    from opentelemetry.instrumentation.genai.openai import OpenAIInstrumentor
except ImportError:
    from opentelemetry.instrumentation.openai_v2 import OpenAIInstrumentor

OpenAIInstrumentor().instrument()
tracer = trace.get_tracer("my-agent")

QUESTION = [{"role": "user", "content": "CANARY-question"}]
SEARCH = {
    "type": "function",
    "function": {
        "name": "search",
        "description": "CANARY-description",
        "parameters": {"type": "object", "properties": {"query": {"type": "string"}}},
    },
}


def client(scenario):
    return openai.OpenAI(base_url=f"{os.environ['MODEL_URL']}/{scenario}/v1", max_retries=0)


def plain(scenario):
    client(scenario).chat.completions.create(model="gpt-4o", messages=QUESTION)


def streamed(scenario):
    for _ in client(scenario).chat.completions.create(model="gpt-4o", messages=QUESTION, stream=True):
        pass


def streamed_usage(scenario):
    options = {"stream": True, "stream_options": {"include_usage": True}}
    for _ in client(scenario).chat.completions.create(model="gpt-4o", messages=QUESTION, **options):
        pass


def agent(scenario):
    """An agent whose frame and tools have spans of their own, as OpenTelemetry's conventions for GenAI have them."""
    messages = list(QUESTION)
    with tracer.start_as_current_span(f"invoke_agent {scenario}") as span:
        span.set_attribute("gen_ai.operation.name", "invoke_agent")
        span.set_attribute("gen_ai.agent.name", scenario)
        while True:
            answer = client(scenario).chat.completions.create(model="gpt-4o", messages=messages, tools=[SEARCH])
            message = answer.choices[0].message
            if not message.tool_calls:
                return
            messages.append(message)
            for call in message.tool_calls:
                with tracer.start_as_current_span(f"execute_tool {call.function.name}") as tool:
                    tool.set_attribute("gen_ai.operation.name", "execute_tool")
                    tool.set_attribute("gen_ai.tool.name", call.function.name)
                    tool.set_attribute("gen_ai.tool.call.id", call.id)
                    tool.set_attribute("gen_ai.tool.call.arguments", call.function.arguments)
                messages.append({"role": "tool", "tool_call_id": call.id, "content": "CANARY-result"})


def failing(scenario):
    try:
        plain(scenario)
    except openai.APIError:
        pass


def responses(scenario):
    client(scenario).responses.create(model="gpt-4o", input="CANARY-question")


SCENARIOS = {
    "plain": plain,
    "streamed": streamed,
    "streamed_usage": streamed_usage,
    "agent": agent,
    "broken": failing,
    "limited": failing,
    "responses": responses,
}

for name in sys.argv[1:]:
    SCENARIOS[name](name)
provider.shutdown()
