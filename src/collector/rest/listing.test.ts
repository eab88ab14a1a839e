import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { listing } from "./listing";
import { isAfter, listParams, type Place, placeText } from "./params";

const START = 1_790_000_000_000;
const nanos = (ms: number): bigint => BigInt(ms) * 1_000_000n;

/** A store in which rows are found newest first, so many at a time. */
function storeOf(rows: readonly Place[], most: number) {
  return async (from: number, to: number) => {
    const found = rows.filter(({ at }) => at >= nanos(from) && at < nanos(to)).sort((a, b) => (isAfter(a, b) ? 1 : -1));
    return { rows: found.slice(0, most), all: found.length <= most };
  };
}

async function page(query: Readonly<Record<string, string>>, rows: readonly Place[], now: number, most = 10) {
  const params = listParams(query, now);
  if (typeof params === "string") throw new Error(params);
  const { next, ...rest } = await listing(params, now, storeOf(rows, most), (row) => row);
  return { ...rest, next: next === undefined ? undefined : placeText(next) };
}

const row = (ms: number, id: string): Place => ({ at: nanos(START + ms), id });
const ids = ({ rows }: { rows: readonly Place[] }): string => rows.map(({ id }) => id).join("");

describe("listing", () => {
  const rows = [row(0, "a"), row(1000, "b"), row(1000, "c"), row(2000, "d"), row(60_000, "e")];
  const now = START + 61_000;

  it("has the newest where nothing is said, and goes on from there", async () => {
    const newest = await page({ limit: "2" }, rows, now);
    expect([ids(newest), newest.more]).toEqual(["de", false]);
    const later = await page({ after: newest.next ?? "" }, [...rows, row(70_000, "f")], START + 80_000);
    expect(ids(later)).toBe("ef");
  });

  it("goes forward from a time, through rows of the same moment", async () => {
    const seen: string[] = [];
    let query: Record<string, string> = { since_ms: String(START), limit: "2" };
    for (let more = true; more; ) {
      const next = await page(query, rows, START + 100_000);
      seen.push(ids(next));
      more = next.more;
      query = { after: next.next ?? "", limit: "2" };
    }
    expect(seen).toEqual(["ab", "cd", "e"]);
    expect(ids(await page(query, rows, START + 100_000))).toBe("");
  });

  it("looks a year back, in parts that a Loki answers", async () => {
    const day = 86_400_000;
    const old = [row(-400 * day, "x"), row(-300 * day, "y"), row(-200 * day, "z"), ...rows];
    const seen: string[] = [];
    let query: Record<string, string> = { since_ms: "0" };
    for (let more = true; more; ) {
      const next = await page(query, old, START + 100_000);
      seen.push(ids(next));
      more = next.more;
      query = { after: next.next ?? "" };
    }
    expect(seen.filter((text) => text !== "")).toEqual(["y", "z", "abcde"]);
    expect(seen.length).toBeLessThan(6);
  });

  it("keeps back what may not be complete yet", async () => {
    expect(ids(await page({ since_ms: String(START) }, rows, now))).toBe("abcd");
    expect(ids(await page({ since_ms: String(START) }, rows, START + 65_001))).toBe("abcde");
  });

  it("leaves nothing out, whenever rows come, however few are read at once, and whatever they are called", async () => {
    const hostile = fc.oneof(fc.string(), fc.string({ unit: "binary" }), fc.constantFrom("~", "%", "\u{10FFFF}", '"'));
    const arrival = fc.record({ ms: fc.nat(20_000), late: fc.nat(4000), id: hostile });
    const coming = fc.uniqueArray(arrival, { maxLength: 40, selector: ({ ms, id }) => `${ms} ${id}` });
    await fc.assert(
      fc.asyncProperty(coming, fc.integer({ min: 1, max: 5 }), async (all, limit) => {
        const given: Place[] = [];
        let query: Record<string, string> = { since_ms: String(START), limit: String(limit) };
        // Polls every 3 s; a row is in the store at most 4 s after its time.
        for (let passed = 0; passed <= 33_000; passed += 3000) {
          const stored = all.filter(({ ms, late }) => ms + late <= passed).map(({ ms, id }) => row(ms, id));
          for (let more = true, pages = 0; more && pages < 100; pages++) {
            const next = await page(query, stored, START + passed, 5);
            given.push(...next.rows);
            more = next.more;
            if (next.next !== undefined) query = { after: next.next, limit: String(limit) };
          }
        }
        const key = ({ at, id }: Place): string => `${at} ${id}`;
        const wanted = new Set(all.map(({ ms, id }) => key(row(ms, id))));
        expect(new Set(given.map(key))).toEqual(wanted);
        expect(given).toHaveLength(wanted.size);
      }),
      { numRuns: 200 },
    );
  });
});

describe("listParams", () => {
  it.each([
    [{ limit: "0" }, "limit"],
    [{ limit: "501" }, "limit"],
    [{ limit: "1e2" }, "limit"],
    [{ since_ms: "-1" }, "since_ms"],
    [{ since_ms: "yesterday" }, "since_ms"],
    [{ after: "x" }, "after"],
    [{ after: "1~%" }, "after"],
    [{ after: "1~%FF" }, "after"],
    [{ agent_id: "" }, "agent_id"],
  ])("refuses %j and names what is wrong", (query, name) => {
    expect(listParams(query, START)).toContain(`parameter ${name} must be`);
  });

  it("never throws, and its cursors are read again", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 18n }),
        fc.string({ unit: "binary" }),
        fc.string(),
        (at, id, text) => {
          listParams({ after: text, limit: text, since_ms: text }, START);
          expect(listParams({ after: placeText({ at, id }) }, START)).toMatchObject({ after: { at, id } });
        },
      ),
    );
  });
});
