import type { Labels } from "../../logql/api";
import {
  checkBounds,
  checkLength,
  checkStep,
  type Engine,
  LIMITS,
  matchersOf,
  parseQuery,
  QueryError,
} from "../engine";
import { unknownHere } from "../engine/errors";
import type { Store } from "../storage";
import { labelsKey } from "../storage/labels";
import { instantAnswer, matrixAnswer, namesAnswer, streamsAnswer, success } from "./answers";
import { HttpError } from "./httpError";
import type { Params } from "./params";

/** What the server asks of the query engine. */
export type QueryEngine = Pick<Engine, "logs" | "instant" | "range">;

type Answer = (params: Params, request: Request) => object;

/** The paths that read, below `/loki/api/v1`, with the body each answers. */
export function queryRoutes(store: Store, engine: QueryEngine): [path: string, answer: Answer][] {
  return [
    ["/query", (params) => pointAnswer(engine, params)],
    ["/query_range", (params, request) => rangeAnswer(engine, params, request)],
    [
      "/labels",
      (params) => namesAnswer(streamsOf(store, params, selectorOf(params)).flatMap((labels) => Object.keys(labels))),
    ],
    [
      "/label/:name/values",
      (params, request) => {
        const name = labelOf(request);
        return namesAnswer(streamsOf(store, params, selectorOf(params)).flatMap((labels) => labels[name] ?? []));
      },
    ],
    ["/series", (params) => seriesAnswer(store, params)],
    ["/index/stats", (params) => store.volume(matchersOf(params.text("query")), params.bounds())],
  ];
}

function pointAnswer(engine: QueryEngine, params: Params): object {
  params.limit();
  const time = params.time();
  params.direction();
  return instantAnswer(engine.instant(params.text("query"), { time }));
}

/** Lines or numbers, as the query is; the parameters of both are checked for either, in Loki's order. */
function rangeAnswer(engine: QueryEngine, params: Params, request: Request): object {
  const query = params.text("query");
  const { start, end } = params.bounds();
  checkBounds(start, end);
  const limit = params.limit();
  const direction = params.direction();
  const stepMs = params.stepMs(start, end);
  checkStep(start, end, stepMs, LIMITS);
  checkInterval(params);
  if (parseQuery(query).kind !== "log") return matrixAnswer(engine.range(query, { start, end, stepMs }));
  const flags = request.headers.get("X-Loki-Response-Encoding-Flags") ?? "";
  const byCategory = flags.split(",").some((flag) => flag.trim() === "categorize-labels");
  return streamsAnswer(engine.logs(query, { start, end, limit, direction }), byCategory);
}

/** Loki thins out lines by it. */
function checkInterval(params: Params): void {
  const ms = params.durationMs("interval") ?? 0;
  if (ms < 0) throw new HttpError(400, "interval must be >= 0");
  if (ms > 0) throw unknownHere("interval");
}

function seriesAnswer(store: Store, params: Params): object {
  const selectors = [...params.values.getAll("match[]"), ...params.values.getAll("match")];
  const found =
    selectors.length === 0 ? streamsOf(store, params) : selectors.flatMap((one) => streamsOf(store, params, one));
  return success([...new Map(found.map((labels) => [labelsKey(labels), labels])).values()]);
}

/** The `query` of labels: Loki takes `{}` for series alone. */
function selectorOf(params: Params): string | undefined {
  const query = params.text("query");
  if (query === "") return undefined;
  parseQuery(query);
  return query;
}

/** Labels of the streams that the selector, if there is one, matches. */
function streamsOf(store: Store, params: Params, selector?: string): Labels[] {
  const bounds = params.bounds();
  const matchers = selector === undefined ? [] : matchersOf(selector);
  checkLength(bounds.start, bounds.end, LIMITS);
  if (bounds.end < bounds.start) {
    throw new QueryError(400, "this data is no longer available, it is past now - max_query_lookback (0s)");
  }
  return store.labels(matchers, bounds);
}

/** The name in `/label/<name>/values`. */
function labelOf(request: Request): string {
  const name = new URL(request.url).pathname.split("/").at(-2) ?? "";
  try {
    return decodeURIComponent(name);
  } catch {
    throw new HttpError(400, `${name} in the path is no URL-encoded label name`);
  }
}
