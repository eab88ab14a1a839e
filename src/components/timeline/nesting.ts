import type { TimelineItem, TracedItem } from "./item";

/** Deeper nesting is drawn as deep as this. */
const MAX_DEPTH = 8;

/**
 * What lies in what: by span ids where lines have them, and a span without a known parent by time. An item is inner when
 * a call holds it, directly or through spans.
 *
 * @param traced by start, of equal start the longer first
 */
export function findNesting(traced: readonly TracedItem[]): TimelineItem[] {
  const bySpan = uniqueSpans(traced);
  const calls = new OpenCalls();
  const done = new Map<TimelineItem, TimelineItem>();
  return traced.map((one) => {
    const { item } = one;
    const parent = parentOf(one, bySpan) ?? (item.kind === "span" ? calls.around(item) : undefined);
    if (item.kind !== "span") calls.add(item);
    const outer = parent === undefined ? undefined : done.get(parent);
    if (outer === undefined) {
      done.set(item, item);
      return item;
    }
    const inner = outer.kind !== "span" || outer.inner;
    const nested = { ...item, inner, depth: Math.min(MAX_DEPTH, outer.depth + 1) };
    done.set(item, nested);
    return nested;
  });
}

/** Items by span id. An id that several share is that of something around them and tells nothing. */
function uniqueSpans(traced: readonly TracedItem[]): Map<string, TimelineItem | undefined> {
  const spans = new Map<string, TimelineItem | undefined>();
  for (const { span_id, item } of traced) {
    if (span_id === undefined || span_id === "") continue;
    spans.set(span_id, spans.has(span_id) ? undefined : item);
  }
  return spans;
}

function parentOf(
  { item, parent_span_id }: TracedItem,
  spans: ReadonlyMap<string, TimelineItem | undefined>,
): TimelineItem | undefined {
  const parent = parent_span_id === undefined ? undefined : spans.get(parent_span_id);
  return parent !== undefined && parent !== item && holds(parent, item) ? parent : undefined;
}

function holds(outer: TimelineItem, inner: TimelineItem): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** The calls that began so far and may still be open. */
class OpenCalls {
  #open: TimelineItem[] = [];

  add(call: TimelineItem): void {
    this.#open = this.#open.filter((open) => open.end > call.start);
    this.#open.push(call);
  }

  around(item: TimelineItem): TimelineItem | undefined {
    return this.#open.findLast((call) => holds(call, item));
  }
}
