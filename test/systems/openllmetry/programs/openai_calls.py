"""Calls of OpenAI models with nothing around them. Arguments: the scenarios to run, one after the other."""

import asyncio
import os
import sys

import openai
from traceloop.sdk import Traceloop

Traceloop.init(app_name="openai-calls", disable_batch=True)

QUESTION = [
    {"role": "system", "content": "CANARY-system"},
    {"role": "user", "content": "CANARY-question"},
]
SEARCH = {
    "type": "function",
    "function": {
        "name": "search",
        "description": "CANARY-description",
        "parameters": {"type": "object", "properties": {"query": {"type": "string"}}},
    },
}


def client(scenario, retries=0):
    return openai.OpenAI(base_url=f"{os.environ['MODEL_URL']}/{scenario}/v1", max_retries=retries)


def plain(scenario, retries=0):
    client(scenario, retries).chat.completions.create(model="gpt-4o", messages=QUESTION)


def streamed(scenario, **options):
    stream = client(scenario).chat.completions.create(model="gpt-4o", messages=QUESTION, stream=True, **options)
    for _ in stream:
        pass


def streamed_usage(scenario):
    streamed(scenario, stream_options={"include_usage": True})


def tool_calls(scenario):
    """The tools are plain functions: nothing but the model's answers tells of them."""
    messages = list(QUESTION)
    while True:
        answer = client(scenario).chat.completions.create(model="gpt-4o", messages=messages, tools=[SEARCH])
        message = answer.choices[0].message
        if not message.tool_calls:
            return
        messages.append(message)
        for call in message.tool_calls:
            messages.append({"role": "tool", "tool_call_id": call.id, "content": "CANARY-result"})


def failing(scenario):
    try:
        plain(scenario)
    except openai.APIError:
        pass


def retried(scenario):
    plain(scenario, retries=2)


def responses(scenario):
    client(scenario).responses.create(model="gpt-4o", instructions="CANARY-system", input="CANARY-question")


def responses_streamed(scenario):
    stream = client(scenario).responses.create(model="gpt-4o", input="CANARY-question", stream=True)
    for _ in stream:
        pass


def embedding(scenario):
    client(scenario).embeddings.create(model="text-embedding-3-small", input="CANARY-question")


def concurrent(scenario):
    async def both():
        url = f"{os.environ['MODEL_URL']}/{scenario}/v1"
        async with openai.AsyncOpenAI(base_url=url, max_retries=0) as models:
            asked = (models.chat.completions.create(model="gpt-4o", messages=QUESTION) for _ in range(2))
            await asyncio.gather(*asked)

    asyncio.run(both())


SCENARIOS = {
    "plain": plain,
    "streamed": streamed,
    "streamed_usage": streamed_usage,
    "tool_calls": tool_calls,
    "broken": failing,
    "limited": failing,
    "retried": retried,
    "responses": responses,
    "responses_streamed": responses_streamed,
    "embedding": embedding,
    "concurrent": concurrent,
}

for name in sys.argv[1:]:
    SCENARIOS[name](name)
