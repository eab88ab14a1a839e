import type { Context } from "hono";
import type { Collector } from "../collector";
import { bodyOf } from "../server/body";
import { textLines } from "./textLines";

/**
 * `POST /v1/events`: lines as NDJSON, also among those of other programs. 200 as soon as one could be taken or none was
 * ours, 400 where all of ours are broken.
 */
export async function takeEvents(
  c: Context,
  { intake, counters }: Pick<Collector, "intake" | "counters">,
  maxBytes: number,
): Promise<Response> {
  const body = await bodyOf(c, maxBytes);
  if (body instanceof Response) return body;
  const result = intake.take(textLines(body));
  counters.taken_lines += result.taken;
  counters.foreign_lines += result.foreign;
  counters.broken_lines += result.broken;
  return c.json(result, result.taken === 0 && result.broken > 0 ? 400 : 200);
}
