/**
 * Dunetrace for Grafana and Loki, the SDK: turns the runs of AI agents into log lines without their content.
 *
 * @example
 * import { Dunetrace } from "dunetrace-grafana";
 *
 * const dt = new Dunetrace({ emitAsJson: true });
 * await dt.run("hello", { userInput: "Hi" }, async (run) => {
 *   run.toolCalled("greet", { name: "world" }).responded({ output: "Hello, world" });
 *   return "done";
 * });
 * await dt.shutdown();
 *
 * @packageDocumentation
 */

export { BaselineFileError } from "../core/baselines";
export { DetectorConfigError } from "../core/detectors";
export type { Facts } from "../core/facts";
export { PolicyError } from "../core/policies";
export { PriceOverrideError, type PriceOverrides, type TokenPrice } from "../core/prices";
export type { CaptureMode, ExitReason, FailureType, FinishReason, Scalar, Severity } from "../core/wire";
export type {
  LlmAnswer,
  LlmCall,
  LlmCallOptions,
  Moment,
  RetrievalAnswer,
  RetrievalCall,
  ToolAnswer,
  ToolCall,
} from "./calls";
export { type AgentOptions, type Counters, type DeployDetails, Dunetrace, type TimeLimit } from "./client";
export type { Clock } from "./clock";
export { getCurrentRun } from "./context";
export type { RunHook } from "./hooks";
export type { DunetraceOptions, RunOptions } from "./options";
export { OptionsError } from "./optionValues";
export type { InputFrom } from "./parameters";
export type { PolicyOptions } from "./policies/policySet";
export { PolicyViolation } from "./policyViolation";
export type { RecordedEvent } from "./recordedEvent";
export type { RunContext, RunEndOptions } from "./runContext";
export type { LokiPushOptions } from "./sinks/lokiOptions";
export type { PinoDestination, PinoLogger } from "./sinks/pino";
export type { AnyFunction, ToolOptions } from "./tool";
export { SDK_NAME, SDK_VERSION } from "./version";
