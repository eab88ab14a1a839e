import type { FactEvent } from "../../../src/core/facts/event";
import type { Facts } from "../../../src/core/facts/facts";
import { type Answer, distinct, fourDecimals, type History, largest, NAMELESS, smallest } from "./history";

/** Tool answers in the order they were read, with what they say of the call. */
interface ToolAnswer extends Answer {
  readonly name: string;
  readonly success: boolean | undefined;
}

function toolAnswersOf(history: History): ToolAnswer[] {
  return history.answers.flatMap((answer) => {
    if (answer.event.event_type !== "tool.responded") return [];
    return [{ ...answer, name: answer.name ?? NAMELESS, success: answer.event.payload.success }];
  });
}

/** Failures of a tool after its last success. */
function unrecovered(answers: readonly ToolAnswer[], name: string): ToolAnswer[] {
  const ofTool = answers.filter((answer) => answer.name === name);
  const lastSuccess = ofTool.findLastIndex((answer) => answer.success === true);
  return ofTool.slice(lastSuccess + 1).filter((answer) => answer.success === false);
}

/** Size of the largest group of equal keys. */
function largestGroup(keys: readonly (string | number)[]): number {
  return largest(keys.map((key) => keys.filter((other) => other === key).length)) ?? 0;
}

function retryFacts(answers: readonly ToolAnswer[]) {
  const tools = distinct(answers.map((answer) => answer.name)).map((name) => ({
    name,
    failures: unrecovered(answers, name),
  }));
  const retry_streak = largest(tools.map((tool) => tool.failures.length)) ?? 0;
  const first = tools.find((tool) => tool.failures.length === retry_streak);
  const inOneTurn = (failures: readonly ToolAnswer[]) => largestGroup(failures.map((answer) => answer.turn));
  const ofOneCall = (failures: readonly ToolAnswer[]) =>
    largestGroup(failures.flatMap((answer) => (answer.call?.args === undefined ? [] : [answer.call.args])));
  return {
    retry_streak,
    retry_tool: retry_streak === 0 ? undefined : first?.name,
    retry_streak_turn: largest(tools.map((tool) => inOneTurn(tool.failures))) ?? 0,
    failed_repeats: largest(tools.map((tool) => ofOneCall(tool.failures))) ?? 0,
  };
}

/** Every stretch of consecutive answers that all failed, lie in one turn and are of two or more tools. */
function cascadesOf(answers: readonly ToolAnswer[]): { length: number; tools: number; open: boolean }[] {
  return answers.flatMap((first, from) =>
    answers.slice(from).flatMap((_, extra) => {
      const chain = answers.slice(from, from + extra + 1);
      const tools = distinct(chain.map((answer) => answer.name)).length;
      const inOneTurn = chain.every((answer) => answer.turn === first.turn);
      if (tools < 2 || !inOneTurn || chain.some((answer) => answer.success !== false)) return [];
      const open = !answers.slice(from + extra + 1).some((answer) => answer.success === true);
      return [{ length: chain.length, tools, open }];
    }),
  );
}

function cascadeFacts(answers: readonly ToolAnswer[]) {
  const chains = cascadesOf(answers);
  const longest = largest(chains.map((chain) => chain.length)) ?? 0;
  return {
    cascade_length: longest,
    cascade_tools: chains.find((chain) => chain.length === longest)?.tools ?? 0,
    cascade_open: largest(chains.filter((chain) => chain.open).map((chain) => chain.length)) ?? 0,
  };
}

function tailFailures(history: History, answers: readonly ToolAnswer[]): number {
  const calls = history.calls.filter((call) => call.kind === "tool");
  const failures = answers.filter((answer) => answer.success === false);
  const lastTurn = largest([...calls, ...failures].map(({ turn }) => turn));
  const lastSuccess = answers.findLastIndex((answer) => answer.success === true);
  return answers.slice(lastSuccess + 1).filter((answer) => answer.success === false && answer.turn === lastTurn).length;
}

export function failureFacts(history: History) {
  const answers = toolAnswersOf(history);
  const failures = answers.filter((answer) => answer.success === false).length;
  const tool_calls = history.calls.filter((call) => call.kind === "tool").length;
  return {
    tool_failures: failures,
    failure_share: fourDecimals(failures / Math.max(tool_calls, 1)),
    ...retryFacts(answers),
    ...cascadeFacts(answers),
    tail_failures: tailFailures(history, answers),
  };
}

/** LLM answers that stopped with no text, without a tool call in them or directly after them. */
export function emptyAnswersOf(history: History): Answer[] {
  return history.answers.filter(({ event, position }) => {
    if (event.event_type !== "llm.responded") return false;
    const { finish_reason, output_length, tool_call_count } = event.payload;
    const passedOver: readonly FactEvent["event_type"][] = ["external.signal", "policy.triggered"];
    const next = history.events.slice(position + 1).find((later) => !passedOver.includes(later.event_type));
    const called = (tool_call_count ?? 0) > 0 || next?.event_type === "tool.called";
    return finish_reason === "stop" && output_length === 0 && !called;
  });
}

/** Where the first failure is, and its kind. */
export function firstFailureFacts(history: History): Pick<Facts, "first_failure_step" | "first_failure_kind"> {
  const terminal = history.events.findLast((event) => event.event_type.match(/^run\.(completed|errored)$/) !== null);
  const errored = terminal?.event_type === "run.errored" && terminal.payload.exit_reason !== "policy_violation";
  const failures = [
    { kind: "run_errored" as const, steps: errored && terminal !== undefined ? [terminal.step_index] : [] },
    { kind: "empty_llm_response" as const, steps: emptyAnswersOf(history).map((answer) => answer.step) },
    {
      kind: "tool_failure" as const,
      steps: toolAnswersOf(history).flatMap((answer) => (answer.success === false ? [answer.step] : [])),
    },
  ];
  const first = smallest(failures.flatMap((failure) => failure.steps));
  if (first === undefined) return {};
  return {
    first_failure_step: first,
    first_failure_kind: failures.find((failure) => failure.steps.includes(first))?.kind,
  };
}
