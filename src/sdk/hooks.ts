import type { Signal } from "../core/detectors";
import type { Micros } from "../core/wire";
import type { PolicyViolation } from "./policyViolation";
import type { RecordedEvent } from "./recordedEvent";
import type { RunContext } from "./runContext";

/**
 * Takes part in runs from inside the SDK: policies and exporters. All methods are called synchronously; what they throw is
 * counted and kept from the agent.
 */
export interface RunHook {
  /** After run.started was recorded. */
  started?(run: RunContext, event: Readonly<RecordedEvent>): void;
  /**
   * After an event of a run that goes on was recorded; `run.facts` include it. A violation returned for tool.called,
   * llm.responded or tool.responded is thrown into the code of the agent that made the call.
   */
  afterEvent?(run: RunContext, event: Readonly<RecordedEvent>): PolicyViolation | undefined;
  /**
   * After the terminal line was written.
   *
   * @param time of the end, µs since the Unix epoch
   */
  ended?(run: RunContext, signals: readonly Signal[], time: Micros): void;
}
