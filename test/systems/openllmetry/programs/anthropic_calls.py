"""Calls of Anthropic's models. Arguments: the scenarios to run, one after the other."""

import os
import sys

import anthropic
from traceloop.sdk import Traceloop
from traceloop.sdk.decorators import tool, workflow

Traceloop.init(app_name="anthropic-calls", disable_batch=True)

QUESTION = {
    "model": "claude-sonnet-5-5",
    "max_tokens": 100,
    "system": "CANARY-system",
    "messages": [{"role": "user", "content": "CANARY-question"}],
}
SEARCH = {
    "name": "search",
    "description": "CANARY-description",
    "input_schema": {"type": "object", "properties": {"query": {"type": "string"}}},
}


def client(scenario):
    return anthropic.Anthropic(base_url=f"{os.environ['MODEL_URL']}/{scenario}", max_retries=0)


def plain(scenario):
    client(scenario).messages.create(**QUESTION)


def streamed(scenario):
    for _ in client(scenario).messages.create(**QUESTION, stream=True):
        pass


def stream_helper(scenario):
    with client(scenario).messages.stream(**QUESTION) as stream:
        for _ in stream.text_stream:
            pass
        stream.get_final_message()


def failing(scenario):
    try:
        plain(scenario)
    except anthropic.APIError:
        pass


@tool(name="search")
def search(query):
    return "CANARY-result"


@workflow(name="agent")
def agent(scenario):
    asked = dict(QUESTION, tools=[SEARCH])
    while True:
        answer = client(scenario).messages.create(**asked)
        uses = [part for part in answer.content if part.type == "tool_use"]
        if not uses:
            return
        results = [{"type": "tool_result", "tool_use_id": use.id, "content": search(**use.input)} for use in uses]
        asked["messages"] = asked["messages"] + [
            {"role": "assistant", "content": answer.content},
            {"role": "user", "content": results},
        ]


@workflow(name="workflow_streamed")
def workflow_streamed(scenario):
    streamed(scenario)


@workflow(name="workflow_helper")
def workflow_helper(scenario):
    stream_helper(scenario)


@workflow(name="workflow_broken")
def workflow_broken(scenario):
    plain(scenario)


def failing_workflow(scenario):
    try:
        workflow_broken(scenario)
    except anthropic.APIError:
        pass


SCENARIOS = {
    "plain": plain,
    "streamed": streamed,
    "stream_helper": stream_helper,
    "broken": failing,
    "limited": failing,
    "agent": agent,
    "workflow_streamed": workflow_streamed,
    "workflow_helper": workflow_helper,
    "workflow_broken": failing_workflow,
}

for name in sys.argv[1:]:
    SCENARIOS[name](name)
