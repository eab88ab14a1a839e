"""A streamed chat with a model that takes its time."""

import os
from collections.abc import Generator

from hayhooks import BasePipelineWrapper, get_last_user_message, streaming_generator
from haystack import Pipeline
from haystack.components.generators.chat import OpenAIChatGenerator
from haystack.dataclasses import ChatMessage


class PipelineWrapper(BasePipelineWrapper):
    def setup(self) -> None:
        self.pipeline = Pipeline()
        self.pipeline.add_component("llm", OpenAIChatGenerator(model="gpt-4o", api_base_url=os.environ["SLOW_URL"]))

    def run_chat_completion(self, model: str, messages: list[dict], body: dict) -> Generator:
        data = {"llm": {"messages": [ChatMessage.from_user(get_last_user_message(messages))]}}
        return streaming_generator(pipeline=self.pipeline, pipeline_run_args=data)
