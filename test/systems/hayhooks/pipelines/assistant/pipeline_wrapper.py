"""An agent with two tools."""

import os
from typing import Annotated

from hayhooks import BasePipelineWrapper
from haystack.components.agents import Agent
from haystack.components.generators.chat import OpenAIChatGenerator
from haystack.dataclasses import ChatMessage
from haystack.tools import tool


@tool
def web_search(query: Annotated[str, "what to look for"]) -> str:
    """Searches the web."""
    return f"CANARY-result for {query}"


@tool
def lookup(order: Annotated[str, "number of the order"]) -> str:
    """Looks an order up."""
    raise KeyError(f"CANARY-error {order}")


class PipelineWrapper(BasePipelineWrapper):
    def setup(self) -> None:
        model = OpenAIChatGenerator(model="gpt-4o", api_base_url=f"{os.environ['MODEL_URL']}/assistant/v1")
        self.agent = Agent(chat_generator=model, tools=[web_search, lookup], system_prompt="CANARY-system")
        self.agent.warm_up()

    def run_api(self, question: str) -> str:
        """Asks the assistant."""
        return self.agent.run(messages=[ChatMessage.from_user(question)])["messages"][-1].text
