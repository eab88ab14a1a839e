"""A prompt and a model."""

import os

from hayhooks import BasePipelineWrapper
from haystack import Pipeline
from haystack.components.builders import ChatPromptBuilder
from haystack.components.generators.chat import OpenAIChatGenerator
from haystack.dataclasses import ChatMessage


class PipelineWrapper(BasePipelineWrapper):
    def setup(self) -> None:
        template = [ChatMessage.from_user("CANARY-prompt: summarise {{ text }}")]
        model = OpenAIChatGenerator(model="gpt-4o", api_base_url=f"{os.environ['MODEL_URL']}/summary/v1")
        self.pipeline = Pipeline()
        self.pipeline.add_component("prompt", ChatPromptBuilder(template=template, required_variables=["text"]))
        self.pipeline.add_component("llm", model)
        self.pipeline.connect("prompt.prompt", "llm.messages")

    def run_api(self, text: str) -> str:
        """Summarises a text."""
        result = self.pipeline.run({"prompt": {"text": text}})
        return result["llm"]["replies"][0].text
