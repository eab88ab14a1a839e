"""A chat behind the OpenAI-compatible endpoints, whole or streamed."""

import os
from collections.abc import Generator

from hayhooks import BasePipelineWrapper, get_last_user_message, streaming_generator
from haystack import Pipeline
from haystack.components.builders import ChatPromptBuilder
from haystack.components.generators.chat import OpenAIChatGenerator
from haystack.dataclasses import ChatMessage


class PipelineWrapper(BasePipelineWrapper):
    def setup(self) -> None:
        template = [ChatMessage.from_system("CANARY-system"), ChatMessage.from_user("{{ question }}")]
        model = OpenAIChatGenerator(model="gpt-4o", api_base_url=f"{os.environ['MODEL_URL']}/chat/v1")
        self.pipeline = Pipeline()
        self.pipeline.add_component("prompt", ChatPromptBuilder(template=template, required_variables="*"))
        self.pipeline.add_component("llm", model)
        self.pipeline.connect("prompt.prompt", "llm.messages")

    def run_chat_completion(self, model: str, messages: list[dict], body: dict) -> str | Generator:
        data = {"prompt": {"question": get_last_user_message(messages)}}
        if body.get("stream"):
            return streaming_generator(pipeline=self.pipeline, pipeline_run_args=data)
        return self.pipeline.run(data)["llm"]["replies"][0].text
