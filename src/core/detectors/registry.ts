import { FAILURE_TYPES, type FailureType } from "../wire/terms";
import { cascadingToolFailure } from "./cascadingToolFailure";
import { contextBloat } from "./contextBloat";
import { costSpike } from "./costSpike";
import type { Detector } from "./detector";
import { emptyLlmResponse } from "./emptyLlmResponse";
import { failureShare } from "./failureShare";
import { firstStepFailure } from "./firstStepFailure";
import { goalAbandonment } from "./goalAbandonment";
import { llmTruncationLoop } from "./llmTruncationLoop";
import { modelFallbackDrift } from "./modelFallbackDrift";
import { oversizedToolArguments } from "./oversizedToolArguments";
import { promptInjectionSignal } from "./promptInjectionSignal";
import { ragEmptyRetrieval } from "./ragEmptyRetrieval";
import { reasoningStall } from "./reasoningStall";
import { retryStorm } from "./retryStorm";
import { runawayIteration } from "./runawayIteration";
import { sessionLatency } from "./sessionLatency";
import { silentTruncation } from "./silentTruncation";
import { slowStep } from "./slowStep";
import { stepCountInflation } from "./stepCountInflation";
import { toolAvoidance } from "./toolAvoidance";
import { toolLoop } from "./toolLoop";
import { toolThrashing } from "./toolThrashing";
import { turnBurst } from "./turnBurst";

const BY_TYPE: Readonly<Record<FailureType, Detector>> = {
  TOOL_LOOP: toolLoop,
  TOOL_THRASHING: toolThrashing,
  TOOL_AVOIDANCE: toolAvoidance,
  GOAL_ABANDONMENT: goalAbandonment,
  PROMPT_INJECTION_SIGNAL: promptInjectionSignal,
  RAG_EMPTY_RETRIEVAL: ragEmptyRetrieval,
  LLM_TRUNCATION_LOOP: llmTruncationLoop,
  CONTEXT_BLOAT: contextBloat,
  SLOW_STEP: slowStep,
  RETRY_STORM: retryStorm,
  EMPTY_LLM_RESPONSE: emptyLlmResponse,
  STEP_COUNT_INFLATION: stepCountInflation,
  CASCADING_TOOL_FAILURE: cascadingToolFailure,
  FIRST_STEP_FAILURE: firstStepFailure,
  REASONING_STALL: reasoningStall,
  COST_SPIKE: costSpike,
  SESSION_LATENCY: sessionLatency,
  RUNAWAY_ITERATION: runawayIteration,
  FAILURE_SHARE: failureShare,
  TURN_BURST: turnBurst,
  SILENT_TRUNCATION: silentTruncation,
  OVERSIZED_TOOL_ARGUMENTS: oversizedToolArguments,
  MODEL_FALLBACK_DRIFT: modelFallbackDrift,
};

/** All detectors, in the order of FAILURE_TYPES. */
export const DETECTORS: readonly Detector[] = FAILURE_TYPES.map((type) => BY_TYPE[type]);

export function detectorOf(type: FailureType): Detector {
  return BY_TYPE[type];
}
