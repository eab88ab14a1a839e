import type { TimelineItem } from "./item";

/** Whether each word of what is looked for comes up in what is said of an item, in whatever case. */
export function matches(item: TimelineItem, looked: string): boolean {
  const words = looked.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return false;
  const text = textOf(item);
  return words.every((word) => text.includes(word));
}

/** The places of the items that match. */
export function findItems(items: readonly TimelineItem[], looked: string): number[] {
  if (looked.trim() === "") return [];
  return items.flatMap((item, at) => (matches(item, looked) ? [at] : []));
}

/** The match after (or before) a place, round the end; undefined when there is none. */
export function nextMatch(found: readonly number[], from: number, direction: 1 | -1): number | undefined {
  if (direction === 1) return found.find((at) => at > from) ?? found[0];
  return found.findLast((at) => at < from) ?? found.at(-1);
}

/** Texts are made when something is first looked for, then kept: ten thousand of them take a moment. */
const texts = new WeakMap<TimelineItem, string>();

function textOf(item: TimelineItem): string {
  const known = texts.get(item);
  if (known !== undefined) return known;
  const { step, span, kind, name = "", step_index, failed, answered } = item;
  const values = [step?.call, step?.answer, span?.payload].flatMap((payload) =>
    payload === undefined
      ? []
      : Object.entries(payload).flatMap(([key, value]) => (isShown(key, value) ? [value] : [])),
  );
  const state = `${failed ? "failed" : ""} ${answered ? "" : "never answered"}`;
  const text = `#${step_index} ${kind} ${name} ${state} ${values.join(" ")}`.toLowerCase();
  texts.set(item, text);
  return text;
}

/** Hashes, names and reasons; never content. */
function isShown(key: string, value: unknown): value is string {
  return typeof value === "string" && (FOUND_IN.has(key) || key.endsWith("_hash"));
}

const FOUND_IN: ReadonlySet<string> = new Set([
  "model",
  "provider",
  "finish_reason",
  "error_type",
  "args_shape",
  "prompt_name",
  "label",
  "name",
  "kind",
]);
