"""A pipeline of which one component raises."""

from hayhooks import BasePipelineWrapper
from haystack import Pipeline, component


class LedgerClosed(RuntimeError):
    pass


@component
class Ledger:
    @component.output_types(balance=int)
    def run(self, account: str) -> dict:
        raise LedgerClosed(f"CANARY-error no entry for {account}")


class PipelineWrapper(BasePipelineWrapper):
    def setup(self) -> None:
        self.pipeline = Pipeline()
        self.pipeline.add_component("ledger", Ledger())

    def run_api(self, account: str) -> int:
        """Gives the balance of an account."""
        return self.pipeline.run({"ledger": {"account": account}})["ledger"]["balance"]
