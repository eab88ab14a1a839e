"""A Haystack pipeline that asks a model twice, in a process that only OpenLLMetry instruments."""

import os

from haystack import Pipeline
from haystack.components.builders import ChatPromptBuilder
from haystack.components.generators.chat import OpenAIChatGenerator
from haystack.dataclasses import ChatMessage
from haystack.utils import Secret
from traceloop.sdk import Traceloop

Traceloop.init(app_name="haystack-pipeline", disable_batch=True)


def generator():
    url = f"{os.environ['MODEL_URL']}/haystack/v1"
    return OpenAIChatGenerator(model="gpt-4o", api_base_url=url, api_key=Secret.from_token("CANARY-key"), max_retries=0)


pipeline = Pipeline(metadata={"name": "two_questions"})
pipeline.add_component("prompt", ChatPromptBuilder([ChatMessage.from_user("CANARY-question {{ about }}")]))
pipeline.add_component("first", generator())
pipeline.add_component("second", generator())
pipeline.connect("prompt.prompt", "first.messages")
pipeline.connect("first.replies", "second.messages")
pipeline.run({"prompt": {"about": "CANARY-topic"}})
