"""The chat as coroutines, with a plain endpoint beside it."""

import os
from collections.abc import AsyncGenerator

from hayhooks import BasePipelineWrapper, async_streaming_generator, get_last_user_message
from haystack.components.builders import ChatPromptBuilder
from haystack.components.generators.chat import OpenAIChatGenerator
from haystack.dataclasses import ChatMessage

try:
    from haystack import AsyncPipeline
except ImportError:  # Haystack 3: every pipeline runs both ways
    from haystack import Pipeline as AsyncPipeline


class PipelineWrapper(BasePipelineWrapper):
    def setup(self) -> None:
        template = [ChatMessage.from_user("CANARY-prompt {{ question }}")]
        model = OpenAIChatGenerator(model="gpt-4o", api_base_url=f"{os.environ['MODEL_URL']}/chat_async/v1")
        self.pipeline = AsyncPipeline()
        self.pipeline.add_component("prompt", ChatPromptBuilder(template=template, required_variables="*"))
        self.pipeline.add_component("llm", model)
        self.pipeline.connect("prompt.prompt", "llm.messages")

    async def run_api_async(self, question: str) -> str:
        result = await self.pipeline.run_async({"prompt": {"question": question}})
        return result["llm"]["replies"][0].text

    async def run_chat_completion_async(self, model: str, messages: list[dict], body: dict) -> str | AsyncGenerator:
        data = {"prompt": {"question": get_last_user_message(messages)}}
        if body.get("stream"):
            return async_streaming_generator(pipeline=self.pipeline, pipeline_run_args=data)
        return (await self.pipeline.run_async(data))["llm"]["replies"][0].text
