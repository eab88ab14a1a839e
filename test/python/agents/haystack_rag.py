"""Haystack pipelines under the real Haystack tracer of the Python package (hash era); the model is a fake on loopback.

Runs on Haystack 2 and 3. Of an Agent the tracer sees the model and tool calls on Haystack 2 only: Haystack 3 no longer
runs them as components.
"""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import haystack.tracing
from dunetrace import Dunetrace
from dunetrace.integrations.haystack import DunetraceHaystackTracer
from haystack import Document, Pipeline
from haystack.components.agents import Agent
from haystack.components.builders import ChatPromptBuilder
from haystack.components.generators.chat import OpenAIChatGenerator
from haystack.components.retrievers.in_memory import InMemoryBM25Retriever
from haystack.dataclasses import ChatMessage
from haystack.document_stores.in_memory import InMemoryDocumentStore
from haystack.tools import tool
from haystack.utils import Secret


class FakeModel(BaseHTTPRequestHandler):
    """Answers like an OpenAI chat completion; calls the offered tool twice with the same arguments, then answers."""

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        results = [message for message in body["messages"] if message["role"] == "tool"]
        message = {"role": "assistant", "content": "Returns are free within 30 days."}
        finish = "stop"
        if body.get("tools") and len(results) < 2:
            call = {"name": body["tools"][0]["function"]["name"], "arguments": '{"city": "Rome"}'}
            message = {
                "role": "assistant",
                "content": None,
                "tool_calls": [{"id": f"call_{len(results)}", "type": "function", "function": call}],
            }
            finish = "tool_calls"
        reply = {
            "id": "chatcmpl-1",
            "object": "chat.completion",
            "created": 1_700_000_000,
            "model": "gpt-4o-mini-2024-07-18",
            "choices": [{"index": 0, "message": message, "finish_reason": finish}],
            "usage": {"prompt_tokens": 120 + 30 * len(results), "completion_tokens": 9, "total_tokens": 129},
        }
        content = json.dumps(reply).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), FakeModel)
Thread(target=server.serve_forever, daemon=True).start()
dt = Dunetrace(endpoint="http://127.0.0.1:9", emit_as_json=True)


def chat_model() -> OpenAIChatGenerator:
    return OpenAIChatGenerator(
        model="gpt-4o-mini",
        api_key=Secret.from_token("none"),
        api_base_url=f"http://127.0.0.1:{server.server_address[1]}/v1",
        max_retries=0,
    )


def rag(store: InMemoryDocumentStore) -> Pipeline:
    pipeline = Pipeline()
    pipeline.add_component("retriever", InMemoryBM25Retriever(document_store=store, top_k=3))
    template = [ChatMessage.from_user("Answer {{question}} from {% for d in documents %}{{ d.content }}{% endfor %}")]
    pipeline.add_component("prompt_builder", ChatPromptBuilder(template=template, required_variables="*"))
    pipeline.add_component("llm", chat_model())
    pipeline.connect("retriever.documents", "prompt_builder.documents")
    pipeline.connect("prompt_builder.prompt", "llm.messages")
    return pipeline


def ask(pipeline: Pipeline, question: str) -> None:
    pipeline.run({"retriever": {"query": question}, "prompt_builder": {"question": question}})


def trace_as(agent_id: str) -> None:
    haystack.tracing.enable_tracing(DunetraceHaystackTracer(dt, agent_id=agent_id))


@tool
def weather(city: str) -> str:
    """Tells the weather of a city."""
    return f"Sunny in {city}"


documents = [
    Document(content="Returns are free within 30 days."),
    Document(content="The shop opens at 9."),
    Document(content="Orders leave within a day."),
]
filled = InMemoryDocumentStore()
filled.write_documents(documents)

trace_as("haystack-rag")
ask(rag(filled), "Are returns free?")
trace_as("haystack-rag-empty")
ask(rag(InMemoryDocumentStore()), "Are returns free?")
trace_as("haystack-agent")
helper = Pipeline()
helper.add_component("agent", Agent(chat_generator=chat_model(), tools=[weather]))
helper.run({"agent": {"messages": [ChatMessage.from_user("What is the weather in Rome?")]}})
trace_as("haystack-failing")
try:
    server.shutdown()
    server.server_close()
    ask(rag(filled), "Are returns free?")
except Exception as error:
    assert "onnect" in str(error), error
dt.shutdown(timeout=2)
