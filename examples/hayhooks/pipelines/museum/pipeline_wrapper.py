"""Answers questions about museums from two documents."""

from hayhooks import BasePipelineWrapper
from haystack import Document, Pipeline
from haystack.components.builders import ChatPromptBuilder
from haystack.components.generators.chat import OpenAIChatGenerator
from haystack.components.retrievers.in_memory import InMemoryBM25Retriever
from haystack.dataclasses import ChatMessage
from haystack.document_stores.in_memory import InMemoryDocumentStore

DOCUMENTS = ["The button museum opens at ten.", "The railway museum opens at nine."]
TEMPLATE = "{% for document in documents %}{{ document.content }}\n{% endfor %}{{ question }}"


class PipelineWrapper(BasePipelineWrapper):
    def setup(self) -> None:
        store = InMemoryDocumentStore()
        store.write_documents([Document(content=content) for content in DOCUMENTS])
        template = [ChatMessage.from_user(TEMPLATE)]
        self.pipeline = Pipeline()
        self.pipeline.add_component("retriever", InMemoryBM25Retriever(document_store=store))
        self.pipeline.add_component("prompt", ChatPromptBuilder(template=template, required_variables="*"))
        self.pipeline.add_component("llm", OpenAIChatGenerator(model="gpt-4o-mini"))
        self.pipeline.connect("retriever.documents", "prompt.documents")
        self.pipeline.connect("prompt.prompt", "llm.messages")

    def run_api(self, question: str) -> str:
        """Answers a question about opening hours."""
        data = {"retriever": {"query": question}, "prompt": {"question": question}}
        return self.pipeline.run(data)["llm"]["replies"][0].text
