"""A Haystack pipeline behind an HTTP server, asked by a client that traces too. Argument: the client's traceparent."""

import os
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from urllib.request import Request, urlopen

from opentelemetry import context, propagate
from tracing import start

provider = start("kb-service")

from haystack import Pipeline  # noqa: E402
from haystack.components.generators.chat import OpenAIChatGenerator  # noqa: E402
from haystack.dataclasses import ChatMessage  # noqa: E402

pipeline = Pipeline(metadata={"name": "served"})
url = f"{os.environ['MODEL_URL']}/served/v1"
pipeline.add_component("llm", OpenAIChatGenerator(model="gpt-4o", api_base_url=url))


class Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        token = context.attach(propagate.extract({name.lower(): value for name, value in self.headers.items()}))
        try:
            pipeline.run({"llm": {"messages": [ChatMessage.from_user("CANARY-question")]}})
        finally:
            context.detach(token)
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


server = HTTPServer(("127.0.0.1", 0), Handler)
Thread(target=server.serve_forever, daemon=True).start()
address = f"http://127.0.0.1:{server.server_port}/ask"
urlopen(Request(address, data=b"{}", headers={"traceparent": sys.argv[1]})).close()
server.shutdown()
provider.shutdown()
