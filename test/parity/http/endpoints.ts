import type { World } from "../world";
import type { HttpRequest } from "./request";

const SECOND = 1_000_000_000n;
const HOUR = 3600n * SECOND;

type Given = Readonly<Record<string, string>>;

/**
 * What both stores say at the edges of their parameters and limits, to `labels`, `label/<name>/values` and `series`, and
 * to forms of time that clients use.
 */
export function endpointRequests(world: World): HttpRequest[] {
  const { base, end } = world;
  const bounds: Given = { start: String(base), end: String(end) };
  const logs = `{w="${world.name}", agent="a1"}`;
  const counts = `sum(count_over_time({w="${world.name}"}[5m]))`;
  const many = (least: number) =>
    `sum by (r) (count_over_time({w="${world.name}", agent="many"} | json r="run_id" | r!="" | r=~"m([0-9]|[0-9][0-9]|[0-3][0-9][0-9]|4[0-9][0-9]${least > 500 ? "|500" : ""})" [3h]))`;
  const range = (given: Given): HttpRequest => request("/query_range", { query: logs, ...bounds, ...given });
  const metric = (given: Given): HttpRequest => request("/query_range", { query: counts, ...bounds, ...given });
  const instant = (given: Given): HttpRequest => request("/query", { query: counts, time: String(end), ...given });
  return [
    ...["1", "100", "5000", "5001", "0", "-1", "", "x", "1.5", "999999999999999999999"].flatMap((limit) => [
      range({ limit }),
      instant({ limit }),
      metric({ limit, step: "60" }),
    ]),
    ...["forward", "FORWARD", "backward", "up", ""].flatMap((direction) => [
      range({ direction }),
      instant({ direction }),
    ]),
    ...["60", "60s", "1m", "0", "-1", "0.5", "1ms", "x", "", "1e2", "1h30m", "1d", "0s"].flatMap((step) => [
      metric({ step }),
      range({ step }),
    ]),
    // 11,000 points are the most, and 11,001 with both ends: of a second each.
    ...[10_999n, 11_000n, 11_001n].map((seconds) => metric({ start: String(end - seconds * SECOND), step: "1" })),
    // A query may span 30 days and an hour.
    ...[720n * HOUR, 721n * HOUR, 721n * HOUR + 1n, 722n * HOUR].flatMap((length) => [
      range({ start: String(end - length) }),
      metric({ start: String(end - length), step: "1h" }),
      request("/labels", { start: String(end - length), end: String(end) }),
      request("/series", { start: String(end - length), end: String(end), "match[]": logs }),
    ]),
    // 500 series and one more.
    instant({ query: many(500) }),
    instant({ query: many(501) }),
    metric({ query: many(500), step: "1h" }),
    metric({ query: many(501), step: "1h" }),
    ...times(end).flatMap((time) => [
      instant({ time }),
      range({ end: time }),
      request("/labels", { start: String(base), end: time }),
    ]),
    range({ start: String(end), end: String(base) }),
    range({ interval: "-1s" }),
    metric({ query: "" }),
    instant({ query: "" }),
    instant({ query: " " }),
    instant({ query: "vector(NaN)" }),
    instant({ query: "vector(Inf)" }),
    instant({ query: logs }),
    ...names(world),
    ...formsOf(world, bounds),
  ];
}

function request(path: string, given: Given): HttpRequest {
  return { path, params: Object.entries(given) };
}

/** Points in time as clients write them, and some that are none. */
function times(end: bigint): string[] {
  const seconds = end / SECOND;
  const text = new Date(Number(end / 1_000_000n)).toISOString();
  return [
    String(seconds),
    `${seconds}.5`,
    `${seconds}.123456`,
    text,
    text.replace(/\.\d+Z/, "Z"),
    text.replace("Z", "+00:00"),
    "yesterday",
    text.slice(0, 10),
    "1e9",
  ];
}

/** Names of labels, their values, and series. */
function names({ name, base, end }: World): HttpRequest[] {
  const bounds: Given = { start: String(base), end: String(end) };
  const own = `{w="${name}"}`;
  const selectors = ["", own, `{w="${name}", agent="a1"}`, `{w="${name}", agent=~"a.*", type!="run.errored"}`];
  const broken = [`{w="${name}"`, "{}", `{w=~".*"}`, `{w="${name}", agent=~"("}`, `${own} |= "x"`, "w", "1"];
  const series = (...matches: readonly string[]): HttpRequest => ({
    path: "/series",
    params: [...Object.entries(bounds), ...matches.map((match) => ["match[]", match] as const)],
  });
  return [
    ...[...selectors, ...broken].flatMap((query) => [
      request("/labels", query === "" ? bounds : { ...bounds, query }),
      ...["agent", "type", "w", "absent", "with space", "é"].map((label) =>
        request(`/label/${encodeURIComponent(label)}/values`, query === "" ? bounds : { ...bounds, query }),
      ),
      series(query),
    ]),
    series(),
    series(`{w="${name}", agent="a1"}`, `{w="${name}", type="run.completed"}`),
    series(own, own),
    request("/series", { ...bounds, match: own }),
    request("/labels", { start: String(end), end: String(base) }),
    request("/labels", { since: "2h", query: own }),
    request("/labels", { since: "x", query: own }),
  ];
}

/** The same by POST, and with parameters in the address and in the form. */
function formsOf({ name }: World, bounds: Given): HttpRequest[] {
  const post = (path: string, given: Given): HttpRequest => ({
    path,
    params: Object.entries({ ...bounds, ...given }),
    method: "POST",
  });
  const own = `{w="${name}", agent="a2"}`;
  return [
    post("/query_range", { query: own, limit: "7" }),
    post("/query_range", { query: own, limit: "5001" }),
    post("/query", { query: `sum(count_over_time(${own}[2h]))`, time: bounds.end ?? "" }),
    post("/labels", { query: own }),
    post("/series", { "match[]": own }),
  ];
}
