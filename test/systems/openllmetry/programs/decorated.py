"""Agents written by hand and marked with OpenLLMetry's decorators. Arguments: the scenarios to run, one after the other."""

import asyncio
import json
import os
import sys

import openai
from traceloop.sdk import Traceloop
from traceloop.sdk.decorators import agent, task, tool, workflow

Traceloop.init(app_name="decorated", disable_batch=True)

DECLARED = [
    {
        "type": "function",
        "function": {
            "name": name,
            "description": "CANARY-description",
            "parameters": {"type": "object", "properties": {"query": {"type": "string"}}},
        },
    }
    for name in ("search", "lookup")
]


def options(scenario):
    return {"base_url": f"{os.environ['MODEL_URL']}/{scenario}/v1", "max_retries": 0}


@tool(name="search")
def search(query):
    return f"CANARY-result for {query}"


@tool(name="lookup")
def lookup(query):
    if query == "CANARY-missing":
        raise ValueError(f"CANARY-failure of {query}")
    return "CANARY-found"


TOOLS = {"search": search, "lookup": lookup}


def converse(scenario, question, tools=TOOLS):
    """Asks the model and calls the tools it wants until it answers."""
    models = openai.OpenAI(**options(scenario))
    messages = [{"role": "user", "content": question}]
    while True:
        message = models.chat.completions.create(model="gpt-4o", messages=messages, tools=DECLARED).choices[0].message
        if not message.tool_calls:
            return message.content
        messages.append(message)
        for call in message.tool_calls:
            try:
                result = tools[call.function.name](**json.loads(call.function.arguments))
            except ValueError as error:
                result = str(error)
            messages.append({"role": "tool", "tool_call_id": call.id, "content": result})


@workflow(name="plain")
def plain(question, scenario):
    return converse(scenario, question)


@workflow(name="streamed")
def streamed(question, scenario):
    messages = [{"role": "user", "content": question}]
    models = openai.OpenAI(**options(scenario))
    for chunk in models.chat.completions.create(model="gpt-4o", messages=messages, stream=True):
        yield chunk


@agent(name="both_tools")
def both_tools(question, scenario):
    return converse(scenario, question)


@agent(name="failing_tool")
def failing_tool(question, scenario):
    return converse(scenario, question)


@workflow(name="loop")
def loop(question, scenario):
    return converse(scenario, question)


@workflow(name="untraced_tools")
def untraced_tools(question, scenario):
    return converse(scenario, question, {"search": lambda query: "CANARY-result"})


@workflow(name="broken")
def broken(question, scenario):
    return converse(scenario, question)


@task(name="find_documents")
def find_documents(question):
    return []


@workflow(name="documents")
def documents(question, scenario):
    find_documents(question)
    return converse(scenario, question)


@workflow(name="ledger")
def ledger(question, scenario):
    return converse(scenario, question)


@workflow(name="month_end")
def month_end(question, scenario):
    ledger(question, scenario)
    return ledger(question, scenario)


@agent(name="bookkeeper")
def bookkeeper(question, scenario):
    return converse(scenario, question)


@workflow(name="closing")
def closing(question, scenario):
    return bookkeeper(question, scenario)


@tool(name="search_slowly")
async def search_slowly(query):
    await asyncio.sleep(0.01)
    return "CANARY-result"


@workflow(name="concurrent")
async def concurrent_one(question, scenario):
    async with openai.AsyncOpenAI(**options(scenario)) as models:
        messages = [{"role": "user", "content": question}]
        await models.chat.completions.create(model="gpt-4o", messages=messages)
        await asyncio.gather(search_slowly("CANARY-a"), search_slowly("CANARY-b"))
        await models.chat.completions.create(model="gpt-4o", messages=messages)


def concurrent(question, scenario):
    async def both():
        await asyncio.gather(concurrent_one(question, scenario), concurrent_one(question, scenario))

    asyncio.run(both())


@workflow(name="session")
def session(question, scenario):
    Traceloop.set_association_properties({"session_id": "chat-7", "user_id": "CANARY-user"})
    return converse(scenario, question)


SCENARIOS = {
    "plain": plain,
    "streamed": lambda question, scenario: list(streamed(question, scenario)),
    "both_tools": both_tools,
    "failing_tool": failing_tool,
    "loop": loop,
    "untraced_tools": untraced_tools,
    "broken": broken,
    "documents": documents,
    "month_end": month_end,
    "closing": closing,
    "concurrent": concurrent,
    "session": session,
}

for name in sys.argv[1:]:
    try:
        SCENARIOS[name]("CANARY-question", name)
    except openai.APIError:
        pass
