"""A plain endpoint that streams its answer as text, and asks the model for its usage."""

import os
from collections.abc import Generator

from hayhooks import BasePipelineWrapper, streaming_generator
from haystack import Pipeline
from haystack.components.generators.chat import OpenAIChatGenerator
from haystack.dataclasses import ChatMessage


class PipelineWrapper(BasePipelineWrapper):
    def setup(self) -> None:
        url = f"{os.environ['MODEL_URL']}/words/v1"
        usage = {"stream_options": {"include_usage": True}}
        model = OpenAIChatGenerator(model="gpt-4o", api_base_url=url, generation_kwargs=usage)
        self.pipeline = Pipeline()
        self.pipeline.add_component("llm", model)

    def run_api(self, question: str) -> Generator:
        data = {"llm": {"messages": [ChatMessage.from_user(question)]}}
        return streaming_generator(pipeline=self.pipeline, pipeline_run_args=data)
