"""Calls of OpenAI models, traced by OpenInference, some below spans made by hand. Arguments: the scenarios to run."""

import json
import os
import sys

import openai
from openinference.instrumentation.openai import OpenAIInstrumentor
from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor

provider = TracerProvider(resource=Resource.create({"service.name": "openai-calls"}))
provider.add_span_processor(SimpleSpanProcessor(OTLPSpanExporter()))
OpenAIInstrumentor().instrument(tracer_provider=provider)
tracer = provider.get_tracer("my-agent")

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


def streamed(scenario, **options):
    for _ in client(scenario).chat.completions.create(model="gpt-4o", messages=QUESTION, stream=True, **options):
        pass


def streamed_usage(scenario):
    streamed(scenario, stream_options={"include_usage": True})


def search(query):
    """A tool with a span of its own, as OpenInference's conventions have it."""
    with tracer.start_as_current_span("search") as span:
        span.set_attribute("openinference.span.kind", "TOOL")
        span.set_attribute("tool.name", "search")
        span.set_attribute("input.value", json.dumps({"query": query}))
        span.set_attribute("input.mime_type", "application/json")
        if query == "CANARY-missing":
            raise ValueError(f"CANARY-failure of {query}")
        span.set_attribute("output.value", "CANARY-result")
        return "CANARY-result"


def retrieve(query, documents):
    with tracer.start_as_current_span("lookup") as span:
        span.set_attribute("openinference.span.kind", "RETRIEVER")
        span.set_attribute("input.value", query)
        for index, (content, score) in enumerate(documents):
            span.set_attribute(f"retrieval.documents.{index}.document.content", content)
            span.set_attribute(f"retrieval.documents.{index}.document.score", score)
        span.set_attribute("output.value", json.dumps({"documents": [content for content, _ in documents]}))


def converse(scenario, tool):
    messages = list(QUESTION)
    while True:
        answer = client(scenario).chat.completions.create(model="gpt-4o", messages=messages, tools=[SEARCH])
        message = answer.choices[0].message
        if not message.tool_calls:
            return message.content
        messages.append(message)
        for call in message.tool_calls:
            try:
                result = tool(**json.loads(call.function.arguments))
            except ValueError as error:
                result = str(error)
            messages.append({"role": "tool", "tool_call_id": call.id, "content": result})


def agent(scenario, tool=search):
    with tracer.start_as_current_span("agent") as span:
        span.set_attribute("openinference.span.kind", "AGENT")
        span.set_attribute("agent.name", scenario)
        span.set_attribute("input.value", "CANARY-question")
        span.set_attribute("session.id", "chat-7")
        span.set_attribute("user.id", "CANARY-user")
        span.set_attribute("output.value", converse(scenario, tool))


def untraced_tools(scenario):
    agent(scenario, lambda query: "CANARY-result")


def documents(scenario):
    with tracer.start_as_current_span("documents") as span:
        span.set_attribute("openinference.span.kind", "CHAIN")
        retrieve("CANARY-query", [("CANARY-one", 0.4), ("CANARY-two", 0.9)])
        retrieve("CANARY-query", [])
        plain(scenario)


def broken(scenario):
    try:
        plain(scenario)
    except openai.APIError:
        pass


def responses(scenario):
    client(scenario).responses.create(model="gpt-4o", instructions="CANARY-system", input="CANARY-question")


def embedding(scenario):
    client(scenario).embeddings.create(model="text-embedding-3-small", input="CANARY-question")


SCENARIOS = {
    "plain": plain,
    "streamed": streamed,
    "streamed_usage": streamed_usage,
    "agent": agent,
    "loop": agent,
    "failing_tool": agent,
    "untraced_tools": untraced_tools,
    "documents": documents,
    "broken": broken,
    "responses": responses,
    "embedding": embedding,
}

for name in sys.argv[1:]:
    SCENARIOS[name](name)
provider.shutdown()
