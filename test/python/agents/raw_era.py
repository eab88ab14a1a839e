"""A small agent on the real Python package from 0.4 on, which writes content as it is: every text is marked.

CANARY stands at the start of each text; no reader may let it out.
"""

import os

from dunetrace import Dunetrace

CANARY = "canary-7f3a91"

dt = Dunetrace(
    endpoint=os.environ.get("TEST_ENDPOINT", "http://127.0.0.1:9"),
    api_key=os.environ.get("TEST_KEY", ""),
    emit_as_json=True,
)


@dt.tool
def look_up(customer: str) -> str:
    return f"{CANARY} lives in Rome"


@dt.tool
def store_hours() -> str:
    return f"{CANARY} 9 to 17"


@dt.tool
def charge(card: str) -> str:
    raise ValueError(f"{CANARY} card was declined")


def answer(run, text: str, finish_reason: str = "stop") -> None:
    run.llm_called("gpt-4o", prompt_tokens=240)
    run.llm_responded(
        completion_tokens=14,
        latency_ms=700,
        finish_reason=finish_reason,
        output=text,
        output_length=len(text),
    )


def started(agent_id: str, **options):
    return dt.run(
        agent_id,
        user_input=f"{CANARY} input: where does my order go?",
        system_prompt=f"{CANARY} system prompt",
        model="gpt-4o",
        **options,
    )


def healthy() -> None:
    with started("raw-healthy", tools=["look_up", "store_hours"]) as run:
        answer(run, f"{CANARY} I will look", "tool_calls")
        look_up(f"{CANARY} customer")
        store_hours()
        run.retrieval_called("faq", query=f"{CANARY} query")
        run.retrieval_responded("faq", result_count=3, top_score=0.7, latency_ms=40)
        answer(run, f"{CANARY} it goes to Rome")
        run.final_answer()


def loop() -> None:
    with started("raw-loop", tools=["look_up"]) as run:
        for _ in range(4):
            answer(run, f"{CANARY} again", "tool_calls")
            look_up(f"{CANARY} the same customer")
        answer(run, f"{CANARY} I give up")
        run.final_answer()


def failing() -> None:
    with started("raw-failing", tools=["charge"]) as run:
        answer(run, f"{CANARY} I will charge the card", "tool_calls")
        for _ in range(2):
            try:
                charge(f"{CANARY} 4111")
            except ValueError:
                answer(run, f"{CANARY} once more", "tool_calls")
        raise RuntimeError(f"{CANARY} no money")


def other_events() -> None:
    """Events that only these versions have, each with content."""
    with started("raw-other-events") as run:
        run.external_signal("rate_limit", source="openai")
        for name, args in (
            ("memory_written", {"key": f"{CANARY} key", "value": f"{CANARY} value", "source": "user_input"}),
            ("memory_read", {"key": f"{CANARY} key"}),
            ("transcription_received", {"text": f"{CANARY} spoken", "confidence": 0.9}),
            ("tts_generated", {"text": f"{CANARY} said"}),
            ("recording_metadata", {"url": f"https://example.com/{CANARY}", "duration_seconds": 4.0}),
        ):
            event = getattr(run, name, None)
            if event is not None:
                event(**args)
        answer(run, f"{CANARY} noted")
        run.final_answer()


def empty_texts() -> None:
    """An empty answer, and a tool without arguments."""
    with dt.run("raw-empty", model="gpt-4o", tools=["store_hours"]) as run:
        for _ in range(2):
            store_hours()
        answer(run, "")


for scenario in (healthy, loop, other_events, empty_texts):
    scenario()
try:
    failing()
except RuntimeError:
    pass
dt.shutdown(timeout=2)
