import { randomUUID } from "node:crypto";
import type { Context } from "hono";
import * as v from "valibot";
import type { Micros } from "../../core/wire";
import { type Counters, count } from "../counters";
import type { LineIntake } from "../events/lineIntake";
import type { TextLine } from "../events/textLines";
import type { KeyCheck } from "../server/auth";
import { jsonOf } from "../server/body";
import { eventSchema, ingestSchema, problemOf } from "./envelope";
import { EventTexts } from "./eventText";
import { Recent } from "./recent";

export interface IngestOptions {
  readonly intake: LineIntake;
  readonly counters: Counters;
  readonly clock: () => Micros;
  readonly key: KeyCheck;
  readonly maxBytes: number;
}

/** Ids of events that were taken: the package sends a batch again when it got no answer. */
const REMEMBERED = 50_000;
/** Records of policies that were looked at, 100 a minute and policy: no events of a run. */
const IGNORED = "policy.evaluated";

/** `POST /v1/ingest`: events of any agents and runs in one body, as the Python package sends them. */
export class Ingest {
  readonly #options: IngestOptions;
  readonly #texts: EventTexts;
  readonly #recent = new Recent(REMEMBERED);

  constructor(options: IngestOptions) {
    this.#options = options;
    this.#texts = new EventTexts(options.clock);
  }

  readonly answer = async (c: Context): Promise<Response> => {
    const { key, maxBytes, intake, clock } = this.#options;
    const body = await jsonOf(c, key.bodyBytes(c, maxBytes));
    if (body instanceof Response) return body;
    const sent = v.safeParse(ingestSchema, body.value);
    const refusal = key.refusal(c, sent.success ? sent.output.api_key : undefined);
    if (refusal !== undefined) return refusal;
    if (!sent.success) return c.json({ error: `The body is no batch of events: ${problemOf(sent.issues)}` }, 422);
    const { events } = sent.output;
    const counts = { ignored: 0, duplicates: 0 };
    const { taken, broken, problems } = intake.take(this.#lines(events, counts), true);
    this.#count({ taken, refused: broken, ...counts });
    const named = problems.map(({ line, reason }) => ({ event: line, reason }));
    if (taken + counts.ignored + counts.duplicates === 0 && broken > 0) {
      return c.json({ error: "None of the events could be taken", refused: broken, problems: named }, 422);
    }
    const queued_at = clock() / 1_000_000;
    const answer = { accepted: taken, ...counts, refused: broken, problems: named, batch_id: randomUUID(), queued_at };
    return c.json(answer, 202);
  };

  *#lines(events: readonly unknown[], counts: { ignored: number; duplicates: number }): Generator<TextLine> {
    for (const [at, event] of events.entries()) {
      const number = at + 1;
      const read = v.safeParse(eventSchema, event);
      if (!read.success) {
        yield { number, problem: problemOf(read.issues) };
        continue;
      }
      const { event_type, event_id } = read.output;
      if (event_type === IGNORED) counts.ignored++;
      else if (event_id !== undefined && this.#recent.has(event_id)) counts.duplicates++;
      else {
        const text = this.#texts.textOf(read.output);
        if (text === undefined) yield { number, problem: "timestamp is no time in seconds" };
        else {
          if (event_id !== undefined) this.#recent.add(event_id);
          yield { number, text };
        }
      }
    }
  }

  #count(by: Readonly<Record<string, number>>): void {
    for (const [what, times] of Object.entries(by)) {
      if (times > 0) count(this.#options.counters.ingested, what, times);
    }
  }
}
