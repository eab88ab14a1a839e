import type { TimeSpan } from "../../logql/ask";

/** Something that happened at a moment, such as a deploy. */
export interface ChartMarker {
  /** ms. */
  readonly at: number;
  readonly label: string;
}

/** What happened within a span. */
export function markersIn(markers: readonly ChartMarker[], { from, to }: TimeSpan): readonly ChartMarker[] {
  return markers.filter(({ at }) => at >= from && at < to);
}

/** A line in a chart. */
export interface MarkerPlace {
  /** px from the left. */
  readonly x: number;
  readonly markers: readonly ChartMarker[];
  /** Written beside the line; undefined where there is no room. */
  readonly text: string | undefined;
  /** The text stands on this side of the line. */
  readonly side: "left" | "right";
}

/** Lines nearer to each other than this are one, px. */
const NEAR_PX = 8;
const CHARACTER_PX = 7;
const GAP_PX = 6;
const MOST_CHARACTERS = 32;

/**
 * Lines for what happened within the span, oldest first. Those too near to each other are one; a text stands where
 * it meets no other text and no other line, else it is left out.
 *
 * @param together the text of several
 */
export function placeMarkers(
  markers: readonly ChartMarker[],
  { from, to }: TimeSpan,
  width: number,
  together: (count: number) => string,
): MarkerPlace[] {
  const groups: { x: number; markers: ChartMarker[] }[] = [];
  const within = markers.filter(({ at }) => at >= from && at <= to).sort((a, b) => a.at - b.at);
  for (const marker of within) {
    const x = ((marker.at - from) / Math.max(1, to - from)) * width;
    const last = groups.at(-1);
    if (last !== undefined && x - last.x < NEAR_PX) last.markers.push(marker);
    else groups.push({ x, markers: [marker] });
  }
  let free = 0;
  return groups.map(({ x, markers: some }, at) => {
    const [only] = some;
    const whole = some.length === 1 && only !== undefined ? only.label.replace(/\s+/g, " ") : together(some.length);
    const text = whole.length > MOST_CHARACTERS ? `${whole.slice(0, MOST_CHARACTERS - 1)}…` : whole;
    const length = text.length * CHARACTER_PX + GAP_PX;
    const end = groups[at + 1]?.x ?? width;
    if (x >= free && x + length <= end) {
      free = x + length;
      return { x, markers: some, text, side: "right" };
    }
    const fits = x - length >= free;
    free = x;
    return { x, markers: some, text: fits ? text : undefined, side: "left" };
  });
}
