"""LangChain chains and agents. Arguments: the scenarios to run, one after the other."""

import asyncio
import os
import sys

import openai
from langchain_core.output_parsers import StrOutputParser
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.retrievers import BaseRetriever
from langchain_core.tools import tool
from langchain_openai import ChatOpenAI
from traceloop.sdk import Traceloop

Traceloop.init(app_name="langchain-agents", disable_batch=True)

try:
    from langchain.agents import create_agent
except ImportError:
    from langgraph.prebuilt import create_react_agent as create_agent

QUESTION = {"messages": [{"role": "user", "content": "CANARY-question"}]}


def model(scenario, **options):
    url = f"{os.environ['MODEL_URL']}/{scenario}/v1"
    return ChatOpenAI(model="gpt-4o", base_url=url, max_retries=0, **options)


@tool
def search(query: str) -> str:
    """Finds CANARY-description."""
    return f"CANARY-result for {query}"


@tool
def lookup(query: str) -> str:
    """Looks up CANARY-description."""
    if query == "CANARY-missing":
        raise ValueError(f"CANARY-failure of {query}")
    return "CANARY-found"


class EmptyRetriever(BaseRetriever):
    def _get_relevant_documents(self, query, *, run_manager):
        return []


def agent(scenario, **options):
    prompt = {"system_prompt": "CANARY-system"} if create_agent.__name__ == "create_agent" else {}
    return create_agent(model(scenario, **options), [search, lookup], name=scenario, **prompt)


def invoke(scenario):
    agent(scenario).invoke(QUESTION)


def failing(scenario):
    try:
        invoke(scenario)
    except (openai.APIError, ValueError):
        pass


def streamed_usage(scenario):
    for _ in agent(scenario, streaming=True, stream_usage=True).stream(QUESTION, stream_mode="messages"):
        pass


def chain(scenario):
    prompt = ChatPromptTemplate.from_messages([("system", "CANARY-system"), ("user", "{question}")])
    (prompt | model(scenario) | StrOutputParser()).invoke({"question": "CANARY-question"})


def documents(scenario):
    prompt = ChatPromptTemplate.from_template("{documents} {question}")
    found = {"documents": EmptyRetriever(), "question": lambda question: question}
    (found | prompt | model(scenario) | StrOutputParser()).with_config(run_name=scenario).invoke("CANARY-question")


def concurrent(scenario):
    async def both():
        built = agent(scenario)
        await asyncio.gather(built.ainvoke(QUESTION), built.ainvoke(QUESTION))

    asyncio.run(both())


SCENARIOS = {
    "chain": chain,
    "both_tools": invoke,
    "parallel": invoke,
    "loop": invoke,
    "failing_tool": failing,
    "broken": failing,
    "limited": failing,
    "streamed_usage": streamed_usage,
    "documents": documents,
    "concurrent": concurrent,
}

for name in sys.argv[1:]:
    SCENARIOS[name](name)
