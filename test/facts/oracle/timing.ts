import { type Call, endOf, eventsOf, type History, known, largest, millis, timeAt } from "./history";

/** Whether a tool waits for a person, by what run.started had said when it was called. */
function isHuman(history: History, kind: string, name: string | undefined, position: number): boolean {
  const started = eventsOf(history.events, "run.started").filter((found) => found.position < position);
  return (
    kind === "tool" && name !== undefined && started.some(({ event }) => event.payload.human_tools?.includes(name))
  );
}

interface Wait {
  readonly from: number;
  readonly to: number;
}

/** Every stretch of time in which the run waited for a person. */
function waitsOf(history: History): Wait[] {
  const { events } = history;
  const forInput = eventsOf(events, "input.received")
    .filter((input) => input.position > 0)
    .map((input) => ({ from: timeAt(events, input.position - 1), to: input.event.time }));
  const forTools = history.calls
    .filter((call) => isHuman(history, call.kind, call.name, call.position))
    .map((call) => ({ from: timeAt(events, call.position), to: endOf(call, events).time }));
  return [...forInput, ...forTools].filter((wait) => wait.to > wait.from);
}

/** The µs that lie in at least one of the waits. */
function covered(waits: readonly Wait[]): number {
  const edges = [...new Set(waits.flatMap((wait) => [wait.from, wait.to]))].sort((a, b) => a - b);
  return edges.reduce((total, edge, index) => {
    const next = edges[index + 1] ?? edge;
    const inside = waits.some((wait) => wait.from <= edge && next <= wait.to);
    return inside ? total + (next - edge) : total;
  }, 0);
}

/** µs a call took: its latency_ms, else from call to end. An answer that stands alone has only its latency_ms. */
function lasted(call: Call, history: History): number | undefined {
  const latency_ms = call.answer?.event.payload.latency_ms;
  if (latency_ms !== undefined) return latency_ms * 1000;
  if (call.event === undefined) return undefined;
  return Math.max(0, endOf(call, history.events).time - call.event.time);
}

function slowestTool(history: History): number | undefined {
  const ofCalls = history.calls
    .filter((call) => call.kind !== "llm" && !isHuman(history, call.kind, call.name, call.position))
    .map((call) => lasted(call, history));
  const alone = history.answers
    .filter((answer) => answer.kind !== "llm" && answer.call === undefined)
    .filter((answer) => !isHuman(history, answer.kind, answer.name, answer.position))
    .map((answer) => answer.event.payload.latency_ms)
    .map((latency_ms) => (latency_ms === undefined ? undefined : latency_ms * 1000));
  return largest(known([...ofCalls, ...alone]));
}

function slowestLlm(history: History): number | undefined {
  return largest(known(history.calls.filter((call) => call.kind === "llm").map((call) => lasted(call, history))));
}

/** Largest stretch between neighbouring events while no call was open and nobody waited for user input. */
function slowestGap(history: History): number {
  const { events } = history;
  const open = history.calls
    .filter((call) => call.event !== undefined)
    .map((call) => ({ from: call.position, to: endOf(call, events).position }));
  const gaps = events.flatMap((event, position) => {
    const next = events[position + 1];
    if (next === undefined || next.event_type === "input.received") return [];
    if (open.some((call) => call.from <= position && position < call.to)) return [];
    return [next.time - event.time];
  });
  return Math.max(0, largest(gaps) ?? 0);
}

export function timingFacts(history: History) {
  const { events } = history;
  const duration = events.length === 0 ? 0 : timeAt(events, events.length - 1) - timeAt(events, 0);
  const tool = slowestTool(history);
  const llm = slowestLlm(history);
  return {
    duration_ms: millis(Math.max(duration, 0)),
    active_ms: millis(Math.max(duration - covered(waitsOf(history)), 0)),
    slowest_tool_ms: tool === undefined ? undefined : millis(tool),
    slowest_llm_ms: llm === undefined ? undefined : millis(llm),
    slowest_gap_ms: millis(slowestGap(history)),
  };
}
