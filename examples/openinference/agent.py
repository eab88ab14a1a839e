import json

from openai import OpenAI
from openinference.instrumentation.openai import OpenAIInstrumentor
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor

provider = TracerProvider(resource=Resource.create({"service.name": "support"}))
provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
OpenAIInstrumentor().instrument(tracer_provider=provider)
tracer = provider.get_tracer("support")

WEATHER = {
    "type": "function",
    "function": {
        "name": "weather",
        "parameters": {"type": "object", "properties": {"city": {"type": "string"}}},
    },
}


def weather(arguments):
    with tracer.start_as_current_span("weather") as span:
        span.set_attributes({"openinference.span.kind": "TOOL", "tool.name": "weather", "input.value": arguments})
        result = f"Rain in {json.loads(arguments)['city']}"
        span.set_attribute("output.value", result)
        return result


def travel_agent(question):
    with tracer.start_as_current_span("travel_agent") as span:
        span.set_attributes({"openinference.span.kind": "AGENT", "agent.name": "travel_agent", "input.value": question})
        models = OpenAI()
        messages = [{"role": "user", "content": question}]
        while True:
            answer = models.chat.completions.create(model="gpt-4o", messages=messages, tools=[WEATHER])
            message = answer.choices[0].message
            if not message.tool_calls:
                return message.content
            messages.append(message)
            for call in message.tool_calls:
                result = weather(call.function.arguments)
                messages.append({"role": "tool", "tool_call_id": call.id, "content": result})


print(travel_agent("Do I need an umbrella in Paris?"))
provider.shutdown()
