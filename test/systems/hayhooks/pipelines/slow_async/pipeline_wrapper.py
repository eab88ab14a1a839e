"""The slow chat as a coroutine."""

import os
from collections.abc import AsyncGenerator

from hayhooks import BasePipelineWrapper, async_streaming_generator, get_last_user_message
from haystack.components.generators.chat import OpenAIChatGenerator
from haystack.dataclasses import ChatMessage

try:
    from haystack import AsyncPipeline
except ImportError:  # Haystack 3: every pipeline runs both ways
    from haystack import Pipeline as AsyncPipeline


class PipelineWrapper(BasePipelineWrapper):
    def setup(self) -> None:
        self.pipeline = AsyncPipeline()
        self.pipeline.add_component("llm", OpenAIChatGenerator(model="gpt-4o", api_base_url=os.environ["SLOW_URL"]))

    async def run_chat_completion_async(self, model: str, messages: list[dict], body: dict) -> AsyncGenerator:
        data = {"llm": {"messages": [ChatMessage.from_user(get_last_user_message(messages))]}}
        return async_streaming_generator(pipeline=self.pipeline, pipeline_run_args=data)
