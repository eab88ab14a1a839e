import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RunsAnswer } from "../../logql/ask";
import { keyOf, noPages, type Paging, release, takeFirst, takeFurther, waitingRows } from "./paging";
import { testRow } from "./testRows";

const page = (ids: string, more = true, status: "running" | "completed" = "completed"): RunsAnswer => ({
  runs: [...ids].map((run_id) => testRow({ run_id, status })),
  more,
  cursor: more ? { before: BigInt(ids.codePointAt(ids.length - 1) ?? 0), seen: [], ended: [] } : undefined,
  cut: undefined,
});
const ids = ({ rows }: Paging): string => (rows ?? []).map(({ run }) => run.run_id).join("");
const begun = takeFirst(noPages("k"), page("dcb"), false);

describe("a list at its beginning", () => {
  it("shows each newer page as it is", () => {
    expect(ids(takeFirst(begun, page("edc"), false))).toBe("edc");
    expect(waitingRows(takeFirst(begun, page("edc"), false))).toBe(0);
  });

  it("shows its first page even when the reader is held already", () => {
    expect(ids(takeFirst(noPages("k"), page("dcb"), true))).toBe("dcb");
  });
});

describe("a list that is held", () => {
  it("keeps its rows where they are while new ones wait", () => {
    const held = takeFirst(begun, page("fed"), true);
    expect(ids(held)).toBe("dcb");
    expect(waitingRows(held)).toBe(2);
  });

  it("shows the newest state of its rows", () => {
    const running = takeFirst(noPages("k"), page("dcb", true, "running"), false);
    expect(takeFirst(running, page("edcb"), true).rows?.map(({ run }) => run.status)).toEqual([
      "completed",
      "completed",
      "completed",
    ]);
  });

  it("shows what waits when asked to", () => {
    const released = release(takeFirst(begun, page("fed"), true));
    expect(ids(released)).toBe("fed");
    expect(waitingRows(released)).toBe(0);
  });
});

describe("a list that was loaded further", () => {
  const further = takeFurther(begun, page("ba"));

  it("has each run once and goes on from the further page", () => {
    expect(ids(further)).toBe("dcba");
    expect(further.cursor).toEqual(page("ba").cursor);
  });

  it("survives newer first pages, held or not", () => {
    for (const held of [true, false]) {
      const newer = takeFirst(further, page("edc"), held);
      expect(ids(newer)).toBe("dcba");
      expect(waitingRows(newer)).toBe(1);
      expect(newer.cursor).toEqual(further.cursor);
    }
  });

  it("keeps the further rows when the new ones are let in", () => {
    const released = release(takeFirst(further, page("edc"), false));
    expect(ids(released)).toBe("edcba");
    expect(released.cursor).toEqual(further.cursor);
  });

  it("begins anew where more came than a page holds", () => {
    const released = release(takeFirst(further, page("zyx"), false));
    expect(ids(released)).toBe("zyx");
    expect(released.cursor).toEqual(page("zyx").cursor);
  });

  it("ends with its last page", () => {
    expect(takeFurther(further, page("a", false))).toMatchObject({ more: false, cursor: undefined });
  });
});

describe("whatever happens", () => {
  const step = fc.oneof(
    fc.record({
      kind: fc.constant("first" as const),
      ids: fc.string({ unit: fc.constantFrom(..."abcdef") }),
      held: fc.boolean(),
    }),
    fc.record({ kind: fc.constant("further" as const), ids: fc.string({ unit: fc.constantFrom(..."abcdef") }) }),
    fc.record({ kind: fc.constant("release" as const) }),
  );

  it("no run is listed twice, and nothing waits after a release", () => {
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        let paging = noPages("k");
        for (const each of steps) {
          const unique = "ids" in each ? [...new Set(each.ids)].join("") : "";
          if (each.kind === "first") paging = takeFirst(paging, page(unique), each.held);
          else if (each.kind === "further") paging = takeFurther(paging, page(unique));
          else {
            paging = release(paging);
            expect(waitingRows(paging)).toBe(0);
          }
          const keys = (paging.rows ?? []).map(keyOf);
          expect(new Set(keys).size).toBe(keys.length);
        }
      }),
    );
  });
});

describe("keyOf", () => {
  it("tells runs of two agents with one id apart", () => {
    expect(keyOf(testRow({ agent_id: "a", run_id: '","b' }))).not.toBe(
      keyOf(testRow({ agent_id: 'a","', run_id: "b" })),
    );
  });
});
