"""A deployment, and runs under the policies of the collector, with any version of the real Python package."""

import os
import time

from dunetrace import Dunetrace
from dunetrace.policies import PolicyViolation

dt = Dunetrace(endpoint=os.environ["TEST_ENDPOINT"], api_key=os.environ["TEST_KEY"])
dt.mark_deploy("py-remote", "2026.11.1", commit="abc1234", environment="staging")


def count(times: int) -> None:
    with dt.run("py-remote", user_input="Count", model="gpt-4o", tools=["count"]) as run:
        for number in range(times):
            run.tool_called("count", {"number": number})
            run.tool_responded("count", success=True, output_length=1, latency_ms=2)
        run.final_answer()


# Policies are fetched in the background when a run starts: the first one goes without.
count(1)
time.sleep(1.5)
try:
    count(4)
except PolicyViolation:
    pass
time.sleep(0.5)
dt.shutdown(timeout=3)
