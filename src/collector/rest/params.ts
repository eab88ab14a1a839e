import * as v from "valibot";

/** Rows of a page by default, and at most. */
const LIMIT = 50;
const MOST = 500;
const DAY_MS = 86_400_000;

const whole = v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number));

/** What lists are asked for; `after` is a cursor of an earlier answer. */
const SCHEMA = v.object({
  agent_id: v.optional(v.pipe(v.string(), v.nonEmpty())),
  limit: v.optional(v.pipe(whole, v.minValue(1), v.maxValue(MOST))),
  since_ms: v.optional(whole),
  after: v.optional(v.pipe(v.string(), v.regex(/^\d{1,19}~(?:[^%]|%[0-9A-F]{2})*$/), v.check(isDecodable))),
});

const EXPECTED: Readonly<Record<string, string>> = {
  agent_id: "an agent's id",
  limit: `a whole number from 1 to ${MOST}`,
  since_ms: "a time in ms since the Unix epoch",
  after: "the next_after of an earlier answer",
};

/** A place in a list that grows: everything up to it was given out. */
export interface Place {
  /** ns since the Unix epoch. */
  readonly at: bigint;
  readonly id: string;
}

export interface ListParams {
  readonly agents: readonly string[] | undefined;
  readonly limit: number;
  /** The beginning, ms. */
  readonly from: number;
  readonly after: Place | undefined;
  /** Whether everything from the beginning on is wanted, instead of the newest. */
  readonly forward: boolean;
}

/** @returns the parameters, or the sentence that says which of them is wrong */
export function listParams(query: Readonly<Record<string, string>>, now: number): ListParams | string {
  const read = v.safeParse(SCHEMA, query);
  if (!read.success) {
    const name = String(read.issues[0].path?.[0].key);
    return `The parameter ${name} must be ${EXPECTED[name]}`;
  }
  const { agent_id, limit = LIMIT, since_ms, after } = read.output;
  const place = after === undefined ? undefined : placeOf(after);
  return {
    agents: agent_id === undefined ? undefined : [agent_id],
    limit,
    from: place === undefined ? (since_ms ?? now - DAY_MS) : Math.max(Number(place.at / 1_000_000n), since_ms ?? 0),
    after: place,
    forward: place !== undefined || since_ms !== undefined,
  };
}

/** As a header can carry it, whatever the id is. */
export const placeText = ({ at, id }: Place): string => `${at}~${encodeURIComponent(Buffer.from(id).toString())}`;

function placeOf(text: string): Place {
  const at = text.indexOf("~");
  return { at: BigInt(text.slice(0, at)), id: decodeURIComponent(text.slice(at + 1)) };
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    // Percent signs that stand for no UTF-8: none of ours.
    return false;
  }
}

/** Whether `b` comes after `a`. */
export function isAfter(a: Place, b: Place): boolean {
  return b.at === a.at ? b.id > a.id : b.at > a.at;
}
