from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor

provider = TracerProvider()
provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
trace.set_tracer_provider(provider)  # before Haystack is imported

from haystack import Document, Pipeline, tracing
from haystack.components.builders import ChatPromptBuilder
from haystack.components.generators.chat import OpenAIChatGenerator
from haystack.components.retrievers.in_memory import InMemoryBM25Retriever
from haystack.dataclasses import ChatMessage
from haystack.document_stores.in_memory import InMemoryDocumentStore
from haystack_integrations.tracing.opentelemetry import OpenTelemetryTracer  # Haystack 3

tracing.enable_tracing(OpenTelemetryTracer(trace.get_tracer("haystack")))  # Haystack 3

store = InMemoryDocumentStore()
store.write_documents([Document(content="Paris is the capital of France.")])
template = [ChatMessage.from_user("{% for d in documents %}{{ d.content }}\n{% endfor %}{{ question }}")]

rag = Pipeline(metadata={"name": "rag-pipeline"})
rag.add_component("retriever", InMemoryBM25Retriever(document_store=store))
rag.add_component("prompt", ChatPromptBuilder(template=template, required_variables="*"))
rag.add_component("llm", OpenAIChatGenerator(model="gpt-4o-mini"))
rag.connect("retriever.documents", "prompt.documents")
rag.connect("prompt.prompt", "llm.messages")

question = "What is the capital of France?"
told = rag.run({"retriever": {"query": question}, "prompt": {"question": question}})
print(told["llm"]["replies"][0].text)
provider.shutdown()  # sends what is left
