import { t } from "../text";
import type { ItemKind, TimelineItem } from "./item";

/** Items of a lane that do not overlap, by start. */
export interface LaneRow {
  readonly items: readonly TimelineItem[];
  /** The longest of them, ms: tells how far back to look for what reaches into a window. */
  readonly longest: number;
}

/** One lane: the LLM, a tool, an index, or spans. */
export interface Lane {
  readonly key: string;
  readonly kind: ItemKind;
  readonly label: string;
  readonly count: number;
  /** Calls that run at the same time lie in rows below each other. */
  readonly rows: readonly LaneRow[];
}

/** Tools beyond these share a lane, and so do indexes. */
export const MAX_LANES_OF_KIND = 12;
/** What does not fit in so many rows lies over the last. */
export const MAX_ROWS = 6;

const ORDER: Readonly<Record<ItemKind, number>> = { llm: 0, tool: 1, retrieval: 2, span: 3 };

/** The name of the lane of an item, or of a loop. */
export function laneKey(item: { readonly kind: ItemKind; readonly name: string | undefined }): string {
  if (item.kind === "llm" || item.kind === "span") return item.kind;
  return `${item.kind} ${item.name ?? ""}`;
}

/** Lanes in a fixed order of kinds, within a kind by first call. */
export function lanesOf(items: readonly TimelineItem[]): Lane[] {
  const found = new Map<string, { kind: ItemKind; label: string; items: TimelineItem[] }>();
  const counts = new Map<ItemKind, number>();
  for (const item of items) {
    const own = laneKey(item);
    const isOver = !found.has(own) && (counts.get(item.kind) ?? 0) >= MAX_LANES_OF_KIND;
    const key = isOver ? `${item.kind}s` : own;
    const lane = found.get(key);
    if (lane !== undefined) lane.items.push(item);
    else {
      found.set(key, { kind: item.kind, label: isOver ? othersLabel(item.kind) : laneLabel(item), items: [item] });
      counts.set(item.kind, (counts.get(item.kind) ?? 0) + 1);
    }
  }
  return [...found]
    .sort(([, a], [, b]) => ORDER[a.kind] - ORDER[b.kind])
    .map(([key, { kind, label, items }]) => ({ key, kind, label, count: items.length, rows: rowsOf(items) }));
}

function othersLabel(kind: ItemKind): string {
  return kind === "tool" ? t("timeline.lane.otherTools", "other tools") : t("timeline.lane.others", "other indexes");
}

function laneLabel({ kind, name }: TimelineItem): string {
  switch (kind) {
    case "llm":
      return t("timeline.lane.llm", "LLM");
    case "span":
      return t("timeline.lane.spans", "other spans");
    case "tool":
      return name ?? t("timeline.lane.unknownTool", "unknown tool");
    case "retrieval":
      return name === undefined
        ? t("timeline.lane.retrieval", "retrieval")
        : t("timeline.lane.index", "retrieval · {{name}}", { name });
  }
}

/** Each item in the first row that is free at its start. */
export function rowsOf(items: readonly TimelineItem[]): LaneRow[] {
  const rows: { items: TimelineItem[]; longest: number; until: number }[] = [];
  for (const item of items) {
    const row = rows.find(({ until }) => until <= item.start) ?? (rows.length < MAX_ROWS ? undefined : rows.at(-1));
    const length = item.end - item.start;
    if (row === undefined) rows.push({ items: [item], longest: length, until: item.end });
    else {
      row.items.push(item);
      row.longest = Math.max(row.longest, length);
      row.until = Math.max(row.until, item.end);
    }
  }
  return rows;
}
