"""A pipeline whose process is killed while it runs, after the model has answered."""

import os
import signal

from tracing import start

start("kb-service", at_once=True)

from haystack import Document, Pipeline, component  # noqa: E402
from haystack.components.builders import ChatPromptBuilder  # noqa: E402
from haystack.components.generators.chat import OpenAIChatGenerator  # noqa: E402
from haystack.components.retrievers.in_memory import InMemoryBM25Retriever  # noqa: E402
from haystack.dataclasses import ChatMessage  # noqa: E402
from haystack.document_stores.in_memory import InMemoryDocumentStore  # noqa: E402


@component
class OutOfMemory:
    """Does to the process what the kernel does."""

    @component.output_types(answer=str)
    def run(self, replies: list[ChatMessage]) -> dict:
        os.kill(os.getpid(), signal.SIGKILL)
        return {"answer": replies[0].text}


store = InMemoryDocumentStore()
store.write_documents([Document(content="CANARY-document")])
pipeline = Pipeline(metadata={"name": "killed"})
pipeline.add_component("retriever", InMemoryBM25Retriever(store))
pipeline.add_component("prompt", ChatPromptBuilder(template=[ChatMessage.from_user("{{ documents }}")]))
url = f"{os.environ['MODEL_URL']}/killed/v1"
pipeline.add_component("llm", OpenAIChatGenerator(model="gpt-4o", api_base_url=url))
pipeline.add_component("end", OutOfMemory())
pipeline.connect("retriever.documents", "prompt.documents")
pipeline.connect("prompt.prompt", "llm.messages")
pipeline.connect("llm.replies", "end.replies")
pipeline.run({"retriever": {"query": "CANARY-question"}})
