import { type Call, distinct, type History, known, largest, NAMELESS, smallest } from "./history";

const WINDOW = 5;

/** Actions: tool calls and retrievals, in the order they were made. */
export function actionsOf(history: History): Call[] {
  return history.calls.filter((call) => call.kind !== "llm");
}

/** Every stretch of 5 consecutive actions, at the start of the fewer there are. */
function windowsOf(actions: readonly Call[]): Call[][] {
  return actions.map((_, last) => actions.slice(Math.max(0, last - WINDOW + 1), last + 1));
}

/** What is equal gets equal text; undefined when it is not known, for unknown equals nothing. */
type KeyOf = (action: Call) => string | undefined;

const byName: KeyOf = (action) => JSON.stringify([action.kind, action.name ?? NAMELESS]);

const byArguments: KeyOf = (action) =>
  action.args === undefined ? undefined : JSON.stringify([byName(action), action.args]);

const byAnswer: KeyOf = (action) => {
  const key = byArguments(action);
  const answer = action.answer?.event;
  if (key === undefined || answer === undefined) return undefined;
  if (answer.event_type === "tool.responded") {
    const { success, output_length } = answer.payload;
    if (success === undefined || output_length === undefined) return undefined;
    return JSON.stringify([key, action.turn, success, output_length]);
  }
  if (answer.event_type === "retrieval.responded") {
    const { result_count } = answer.payload;
    return result_count === undefined ? undefined : JSON.stringify([key, action.turn, result_count]);
  }
  return undefined;
};

/** How many of the actions have a key. */
function countOf(actions: readonly Call[], key: string, keyOf: KeyOf): number {
  return actions.filter((action) => keyOf(action) === key).length;
}

/** Most actions with one key in any window. */
function mostEqual(actions: readonly Call[], keyOf: KeyOf): number {
  const counts = windowsOf(actions).map((window) => {
    const keys = distinct(known(window.map(keyOf)));
    return largest(keys.map((key) => countOf(window, key, keyOf))) ?? 0;
  });
  return largest(counts) ?? 0;
}

export function loopFacts(history: History) {
  const actions = actionsOf(history);
  const windows = windowsOf(actions);
  const count = mostEqual(actions, byName);
  const reaches = (window: readonly Call[], key: string) => countOf(window, key, byName) === count;
  const loops = windows.flatMap((window) => window.filter((action) => reaches(window, byName(action) ?? "")));
  const tool = loops[0];
  const loop_distinct = () => {
    if (tool === undefined) return undefined;
    const key = byName(tool) ?? "";
    const ofTool = windows
      .filter((window) => reaches(window, key))
      .map((window) => window.filter((action) => byName(action) === key));
    if (ofTool.flat().some((action) => action.args === undefined)) return undefined;
    return smallest(ofTool.map((window) => distinct(window.map((action) => action.args)).length));
  };
  return {
    loop_count: count,
    loop_tool: tool === undefined ? undefined : (tool.name ?? NAMELESS),
    loop_identical: mostEqual(actions, byArguments),
    loop_stuck: mostEqual(actions, byAnswer),
    loop_distinct: loop_distinct(),
  };
}

/** Calls of the largest tool whose commonest arguments cover 90 % of its calls. */
export function repeatFacts(history: History) {
  const tools = history.calls.filter((call) => call.kind === "tool");
  const candidates = distinct(tools.map((call) => call.name)).flatMap((name) => {
    const calls = tools.filter((call) => call.name === name);
    const hashes = known(calls.map((call) => call.args));
    const commonest = largest(hashes.map((hash) => hashes.filter((other) => other === hash).length)) ?? 0;
    return commonest * 10 >= calls.length * 9 ? [{ name, calls: calls.length }] : [];
  });
  const most = largest(candidates.map((candidate) => candidate.calls)) ?? 0;
  return { repeat_calls: most, repeat_tool: candidates.find((candidate) => candidate.calls === most)?.name };
}

function alternates(stretch: readonly Call[]): boolean {
  const names = distinct(stretch.map((call) => call.name));
  return names.length === 2 && stretch.every((call, index) => index === 0 || call.name !== stretch[index - 1]?.name);
}

function keepsArguments(stretch: readonly Call[]): boolean {
  const tools = distinct(stretch.map((call) => call.name));
  return tools.every((name) => {
    const hashes = stretch.filter((call) => call.name === name).map((call) => call.args);
    return hashes.every((hash) => hash !== undefined) && distinct(hashes).length === 1;
  });
}

/** Longest stretch of consecutive tool calls that strictly alternate between exactly two names. */
export function alternationFacts(history: History) {
  const tools = history.calls.filter((call) => call.kind === "tool");
  const stretchesOf = (length: number) =>
    tools
      .map((_, first) => tools.slice(first, first + length))
      .filter((stretch) => stretch.length === length && alternates(stretch));
  for (let length = tools.length; length >= 2; length--) {
    const longest = stretchesOf(length);
    if (longest.length > 0) return { alternation: length, alternation_repeats: longest.some(keepsArguments) ? 1 : 0 };
  }
  return { alternation: 0, alternation_repeats: 0 };
}
