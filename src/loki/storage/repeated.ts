import type { NewLine } from "./hourParts";
import type { Stream } from "./streams";

/** Whether one push holds a line again, of which `seen` keeps what there was of it so far. */
export function isRepeated(seen: Map<Stream, Map<bigint, NewLine[]>>, ts: bigint, fresh: NewLine): boolean {
  let times = seen.get(fresh.stream);
  if (times === undefined) {
    times = new Map();
    seen.set(fresh.stream, times);
  }
  const equal = times.get(ts);
  if (equal === undefined) times.set(ts, [fresh]);
  else if (equal.some(({ line, meta }) => line === fresh.line && meta === fresh.meta)) return true;
  else equal.push(fresh);
  return false;
}
