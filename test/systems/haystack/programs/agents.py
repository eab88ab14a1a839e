"""Agents of Haystack 2 and 3, each in a pipeline named after what it does. Arguments: which of them run."""

import asyncio
import os
import sys
from typing import Annotated

from tracing import start

provider = start("kb-service")

from haystack import Pipeline, component  # noqa: E402
from haystack.components.agents import Agent  # noqa: E402
from haystack.components.generators.chat import FallbackChatGenerator, OpenAIChatGenerator  # noqa: E402
from haystack.dataclasses import ChatMessage  # noqa: E402
from haystack.tools import ComponentTool, Tool, create_tool_from_function  # noqa: E402

QUESTION = "CANARY-question"


def generator(scenario: str) -> OpenAIChatGenerator:
    url = f"{os.environ['MODEL_URL']}/{scenario}/v1"
    return OpenAIChatGenerator(model="gpt-4o", api_base_url=url, max_retries=0)


@component
class WebSearch:
    """Searches the web."""

    @component.output_types(results=list[str])
    def run(self, query: str) -> dict:
        return {"results": [f"CANARY-result of {query}"]}


def lookup(order: Annotated[str, "The order's number"]) -> str:
    """Looks up an order."""
    if order == "missing":
        raise ValueError(f"CANARY-error: no order {order}")
    return f"CANARY-order {order}"


def tools() -> list:
    return [ComponentTool(component=WebSearch(), name="web_search"), create_tool_from_function(lookup)]


def ask(scenario: str, **options) -> None:
    options = {"chat_generator": generator(scenario), "tools": tools(), **options}
    pipeline = Pipeline(metadata={"name": scenario})
    pipeline.add_component("agent", Agent(system_prompt="CANARY-system", **options))
    pipeline.run({"agent": {"messages": [ChatMessage.from_user(QUESTION)]}})


def both_tools() -> None:
    ask("both_tools")


def parallel() -> None:
    ask("parallel")


def loop() -> None:
    ask("loop")


def failing() -> None:
    ask("failing")


def steps() -> None:
    ask("steps", max_agent_steps=2)


def last_step() -> None:
    """Answers in the last step it may take."""
    ask("last_step", max_agent_steps=2)


def exit_tool() -> None:
    """Ends with the call of a tool, in the last step it may take."""
    ask("exit_tool", exit_conditions=["lookup"], max_agent_steps=1)


def raising() -> None:
    try:
        ask("raising", raise_on_tool_invocation_failure=True)
    except Exception as error:
        print("raising", type(error).__name__)
    else:
        raise AssertionError("the tool's error was lost")


def fallback() -> None:
    generators = [generator("fallback_bad"), generator("fallback_good")]
    ask("fallback", chat_generator=FallbackChatGenerator(generators), tools=[])


def nested() -> None:
    """An agent as the tool of another one; it runs out of steps, the other one does not."""
    inner = generator("nested_inner")
    researcher = Agent(chat_generator=inner, tools=tools(), system_prompt="CANARY-inner", max_agent_steps=2)
    description = "Researches a question."
    tool = ComponentTool(component=researcher, name="researcher", description=description)
    ask("nested", tools=[tool])


def alone() -> None:
    """Two runs of an agent without a pipeline, at a time."""
    agent = Agent(chat_generator=generator("alone"), tools=tools())

    async def both() -> None:
        messages = [ChatMessage.from_user(QUESTION)]
        await asyncio.gather(agent.run_async(messages=messages), agent.run_async(messages=messages))

    asyncio.run(both())


def invoker() -> None:
    """Haystack 2: a pipeline that calls the tools itself, one of them in vain."""
    from haystack.components.tools import ToolInvoker

    pipeline = Pipeline(metadata={"name": "invoker"})
    pipeline.add_component("llm", generator("invoker"))
    pipeline.add_component("tools", ToolInvoker(tools=tools(), raise_on_failure=False))
    pipeline.connect("llm.replies", "tools.messages")
    pipeline.run({"llm": {"messages": [ChatMessage.from_user(QUESTION)], "tools": tools()}})


def lambdas() -> None:
    """A tool that cannot be written down: its function has no name."""
    tool = Tool(name="shout", description="Shouts.", parameters=SHOUTED, function=lambda text: text.upper())
    ask("lambdas", tools=[tool])


SHOUTED = {"type": "object", "properties": {"text": {"type": "string"}}, "required": ["text"]}

for name in sys.argv[1:]:
    globals()[name]()
provider.shutdown()
