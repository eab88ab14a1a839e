import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addressOf, parseAddress } from "./address";

/** What Grafana's history does with a path before it writes it into the address bar and hands it out. */
function throughHistory(address: string): { path: string; search: string } {
  const [path = "", search = ""] = address.split(/\?(.*)/s);
  const url = new URL(`http://grafana/a/app/${decodeURI(path)}?${search}`);
  return { path: url.pathname.slice("/a/app/".length), search: url.search };
}

describe("addressOf", () => {
  it("keeps plain ids readable", () => {
    expect(addressOf({ page: "run", id: "3f1c2f1e-aa", params: { tab: "facts" } })).toBe("runs/3f1c2f1e-aa?tab=facts");
  });

  it("brings any id through Grafana's router, twice", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1 }), fc.constantFrom("run", "agent"), (id, page) => {
        const { path, search } = throughHistory(addressOf({ page, id, params: { from: "now-6h" } }));
        const again = parseAddress(decodeURI(path), search);
        expect(again).toEqual({ page, id, params: { from: "now-6h" } });
      }),
      { examples: ["%41", "a/b", "..", "a\nb", "\\", "?", "#", "~", "100%"].map((id) => [id, "run"]) },
    );
  });
});

describe("parseAddress", () => {
  it("takes the encoded ids that the SDK and alert rules link to", () => {
    expect(parseAddress("runs/a%2Fb", "")).toEqual({ page: "run", id: "a/b", params: {} });
    expect(parseAddress('runs/run "2"\\ of {{50%}}', "")).toEqual({
      page: "run",
      id: 'run "2"\\ of {{50%}}',
      params: {},
    });
  });

  it("knows no view of other paths", () => {
    expect(parseAddress("nothing", "")).toBeUndefined();
    expect(parseAddress("runs/a/b", "")).toBeUndefined();
  });
});
