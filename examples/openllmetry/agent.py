import json

from openai import OpenAI
from traceloop.sdk import Traceloop
from traceloop.sdk.decorators import tool, workflow

Traceloop.init(app_name="support")

WEATHER = {
    "type": "function",
    "function": {
        "name": "weather",
        "parameters": {"type": "object", "properties": {"city": {"type": "string"}}},
    },
}


@tool(name="weather")
def weather(city):
    return f"Rain in {city}"


@workflow(name="travel_agent")
def travel_agent(question):
    models = OpenAI()
    messages = [{"role": "user", "content": question}]
    while True:
        answer = models.chat.completions.create(model="gpt-4o", messages=messages, tools=[WEATHER])
        message = answer.choices[0].message
        if not message.tool_calls:
            return message.content
        messages.append(message)
        for call in message.tool_calls:
            result = weather(**json.loads(call.function.arguments))
            messages.append({"role": "tool", "tool_call_id": call.id, "content": result})


print(travel_agent("Do I need an umbrella in Paris?"))
