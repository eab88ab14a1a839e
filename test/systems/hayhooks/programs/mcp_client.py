"""Lists the tools of a Hayhooks MCP server and calls some. Arguments: its URL."""

import asyncio
import sys

from mcp import ClientSession
from mcp.client.streamable_http import streamablehttp_client


async def main(url: str) -> None:
    async with streamablehttp_client(url) as (read, write, _):
        async with ClientSession(read, write) as session:
            await session.initialize()
            tools = await session.list_tools()
            print(sorted(tool.name for tool in tools.tools))
            for name, arguments in (
                ("summary", {"text": "CANARY-text"}),
                ("knowledge", {"question": "Is there CANARY-question?", "source": "CANARY-nowhere"}),
                ("broken", {"account": "CANARY-account"}),
                ("get_all_pipeline_statuses", {}),
            ):
                result = await session.call_tool(name, arguments)
                print(name, "failed" if result.isError else "answered")


asyncio.run(main(sys.argv[1]))
