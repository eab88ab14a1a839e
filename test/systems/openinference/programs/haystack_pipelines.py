"""Haystack pipelines, traced by OpenInference. Arguments: the scenarios to run, one after the other."""

import os
import sys

from haystack import Document, Pipeline
from haystack.components.agents import Agent
from haystack.components.builders import ChatPromptBuilder
from haystack.components.generators.chat import OpenAIChatGenerator
from haystack.components.retrievers.in_memory import InMemoryBM25Retriever
from haystack.dataclasses import ChatMessage
from haystack.document_stores.in_memory import InMemoryDocumentStore
from haystack.tools import tool
from haystack.utils import Secret
from openinference.instrumentation.haystack import HaystackInstrumentor
from openinference.instrumentation.openai import OpenAIInstrumentor
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor

provider = TracerProvider(resource=Resource.create({"service.name": "haystack-pipelines"}))
provider.add_span_processor(SimpleSpanProcessor(OTLPSpanExporter()))
HaystackInstrumentor().instrument(tracer_provider=provider)
if os.environ.get("WITH_OPENAI") == "true":
    OpenAIInstrumentor().instrument(tracer_provider=provider)

QUESTION = [ChatMessage.from_user("CANARY-question {{ about }}{% for found in documents %}{{ found.content }}{% endfor %}")]


@tool
def search(query: str) -> str:
    """Finds CANARY-description."""
    return f"CANARY-result for {query}"


def generator(scenario):
    url = f"{os.environ['MODEL_URL']}/{scenario}/v1"
    return OpenAIChatGenerator(model="gpt-4o", api_base_url=url, api_key=Secret.from_token("CANARY-key"), max_retries=0)


def plain(scenario):
    pipeline = Pipeline()
    pipeline.add_component("prompt", ChatPromptBuilder(QUESTION))
    pipeline.add_component("model", generator(scenario))
    pipeline.connect("prompt.prompt", "model.messages")
    pipeline.run({"prompt": {"about": "CANARY-topic", "documents": []}})


def documents(scenario, *known):
    store = InMemoryDocumentStore()
    store.write_documents([Document(content=content) for content in known])
    pipeline = Pipeline()
    pipeline.add_component("retriever", InMemoryBM25Retriever(store))
    pipeline.add_component("prompt", ChatPromptBuilder(QUESTION))
    pipeline.add_component("model", generator(scenario))
    pipeline.connect("retriever.documents", "prompt.documents")
    pipeline.connect("prompt.prompt", "model.messages")
    pipeline.run({"retriever": {"query": "CANARY-topic"}, "prompt": {"about": "CANARY-topic"}})


def found(scenario):
    documents(scenario, "CANARY-topic one", "CANARY-topic two")


def agent(scenario):
    pipeline = Pipeline()
    pipeline.add_component("agent", Agent(chat_generator=generator(scenario), tools=[search]))
    pipeline.run({"agent": {"messages": [ChatMessage.from_user("CANARY-question")]}})


def failing(scenario):
    try:
        plain(scenario)
    except Exception:
        pass


SCENARIOS = {"plain": plain, "found": found, "empty": documents, "agent": agent, "broken": failing}

for name in sys.argv[1:]:
    SCENARIOS[name](name)
provider.shutdown()
