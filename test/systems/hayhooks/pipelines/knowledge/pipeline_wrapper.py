"""Retrieval before the model; the store knows about harbours and nothing else."""

import os

from hayhooks import BasePipelineWrapper
from haystack import Document, Pipeline
from haystack.components.builders import ChatPromptBuilder
from haystack.components.generators.chat import OpenAIChatGenerator
from haystack.components.retrievers.in_memory import InMemoryBM25Retriever
from haystack.dataclasses import ChatMessage
from haystack.document_stores.in_memory import InMemoryDocumentStore

TEMPLATE = "{% for document in documents %}{{ document.content }}{% endfor %} CANARY-prompt {{ question }}"


class PipelineWrapper(BasePipelineWrapper):
    def setup(self) -> None:
        store = InMemoryDocumentStore()
        store.write_documents([Document(content="CANARY-document The harbour opens at six.")])
        model = OpenAIChatGenerator(model="gpt-4o", api_base_url=f"{os.environ['MODEL_URL']}/knowledge/v1")
        template = [ChatMessage.from_user(TEMPLATE)]
        self.pipeline = Pipeline()
        self.pipeline.add_component("retriever", InMemoryBM25Retriever(document_store=store))
        self.pipeline.add_component("prompt", ChatPromptBuilder(template=template, required_variables="*"))
        self.pipeline.add_component("llm", model)
        self.pipeline.connect("retriever.documents", "prompt.documents")
        self.pipeline.connect("prompt.prompt", "llm.messages")

    def run_api(self, question: str, source: str = "harbour") -> str:
        """Answers a question about harbours."""
        filters = {"field": "meta.source", "operator": "==", "value": source} if source != "harbour" else None
        data = {"retriever": {"query": question, "filters": filters}, "prompt": {"question": question}}
        return self.pipeline.run(data)["llm"]["replies"][0].text
