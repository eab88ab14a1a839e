import type { Scenario } from "../scenario";
import { backAndForth } from "./failures/backAndForth";
import { cascade } from "./failures/cascade";
import { contextBloat } from "./failures/contextBloat";
import { costSpike } from "./failures/costSpike";
import { delegatedLoop } from "./failures/delegatedLoop";
import { emptyAnswer } from "./failures/emptyAnswer";
import { emptyFirstAnswer } from "./failures/emptyFirstAnswer";
import { endlessRetry } from "./failures/endlessRetry";
import { endlessSearch } from "./failures/endlessSearch";
import { expensiveRun } from "./failures/expensiveRun";
import { failureShare } from "./failures/failureShare";
import { firstToolFails } from "./failures/firstToolFails";
import { goalAbandonment } from "./failures/goalAbandonment";
import { growingChat } from "./failures/growingChat";
import { largePrompts } from "./failures/largePrompts";
import { longDeliberation } from "./failures/longDeliberation";
import { meltdown } from "./failures/meltdown";
import { modelFallback } from "./failures/modelFallback";
import { oversizedArguments } from "./failures/oversizedArguments";
import { pagedThrough } from "./failures/pagedThrough";
import { promptInjection } from "./failures/promptInjection";
import { ragEmptyRetrieval } from "./failures/ragEmptyRetrieval";
import { reasoningStall } from "./failures/reasoningStall";
import { recoveredCascade } from "./failures/recoveredCascade";
import { retriesOverTurns } from "./failures/retriesOverTurns";
import { retryStorm } from "./failures/retryStorm";
import { rewordedSearch } from "./failures/rewordedSearch";
import { roleRequest } from "./failures/roleRequest";
import { runawayIteration } from "./failures/runawayIteration";
import { sessionLatency } from "./failures/sessionLatency";
import { silentTruncation } from "./failures/silentTruncation";
import { slowModel } from "./failures/slowModel";
import { slowQuery } from "./failures/slowQuery";
import { slowTool } from "./failures/slowTool";
import { stalledLoop } from "./failures/stalledLoop";
import { stepCountInflation } from "./failures/stepCountInflation";
import { stubbornRetry } from "./failures/stubbornRetry";
import { toolAvoidance } from "./failures/toolAvoidance";
import { toolLoop } from "./failures/toolLoop";
import { toolThrashing } from "./failures/toolThrashing";
import { truncationLoop } from "./failures/truncationLoop";
import { turnBurst } from "./failures/turnBurst";
import { wrongKey } from "./failures/wrongKey";
import { answeredQuestion } from "./usual/answeredQuestion";
import { approvedRefund } from "./usual/approvedRefund";
import { brokenProvider } from "./usual/brokenProvider";
import { closedWindow } from "./usual/closedWindow";
import { conversation } from "./usual/conversation";
import { fixedBug } from "./usual/fixedBug";
import { groundedAnswer } from "./usual/groundedAnswer";
import { handedOver } from "./usual/handedOver";
import { killedProcess } from "./usual/killedProcess";
import { nightlyNumbers } from "./usual/nightlyNumbers";
import { plannedTrip } from "./usual/plannedTrip";
import { rateLimited } from "./usual/rateLimited";
import { stoppedByPolicy } from "./usual/stoppedByPolicy";
import { streamedReport } from "./usual/streamedReport";
import { unmeteredModel } from "./usual/unmeteredModel";

/** What the agents do most of the time, and how runs end without a failure of the agent. */
const USUAL: readonly Scenario[] = [
  answeredQuestion,
  approvedRefund,
  brokenProvider,
  closedWindow,
  conversation,
  fixedBug,
  groundedAnswer,
  handedOver,
  killedProcess,
  nightlyNumbers,
  plannedTrip,
  rateLimited,
  stoppedByPolicy,
  streamedReport,
  unmeteredModel,
];

/** One small script per failure. */
const FAILURES: readonly Scenario[] = [
  backAndForth,
  cascade,
  contextBloat,
  costSpike,
  delegatedLoop,
  emptyAnswer,
  emptyFirstAnswer,
  endlessRetry,
  endlessSearch,
  expensiveRun,
  failureShare,
  firstToolFails,
  goalAbandonment,
  growingChat,
  largePrompts,
  longDeliberation,
  meltdown,
  modelFallback,
  oversizedArguments,
  pagedThrough,
  promptInjection,
  ragEmptyRetrieval,
  reasoningStall,
  recoveredCascade,
  retriesOverTurns,
  retryStorm,
  rewordedSearch,
  roleRequest,
  runawayIteration,
  sessionLatency,
  silentTruncation,
  slowModel,
  slowQuery,
  slowTool,
  stalledLoop,
  stepCountInflation,
  stubbornRetry,
  toolAvoidance,
  toolLoop,
  toolThrashing,
  truncationLoop,
  turnBurst,
  wrongKey,
];

export const SCENARIOS: readonly Scenario[] = [...USUAL, ...FAILURES];
