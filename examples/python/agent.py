"""An agent with the `dunetrace` package of PyPI that falls into a loop. It names no endpoint: DUNETRACE_ENDPOINT does."""

from dunetrace import Dunetrace

dt = Dunetrace(api_key="any")


def web_search(query: str) -> str:
    """This museum has no web page, so every search for it comes back empty."""
    return "about:blank" if query == "" else "[]"


with dt.run(
    "museum-guide", user_input="When does the button museum open?", model="gpt-4o-mini", tools=["web_search"]
) as run:
    for attempt in range(4):
        run.llm_called("gpt-4o-mini", prompt_tokens=60 + 25 * attempt)
        run.llm_responded(completion_tokens=16, finish_reason="tool_calls")
        query = "button museum opening hours"
        run.tool_called("web_search", {"query": query})
        result = web_search(query)
        run.tool_responded("web_search", success=True, output_length=len(result))
    run.final_answer()
dt.shutdown()
