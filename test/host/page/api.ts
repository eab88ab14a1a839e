import { CoreApp, type DataQueryResponse } from "@grafana/data";
import { locationService } from "@grafana/runtime";
import { type Subscription, toArray } from "rxjs";
import { type AskedRange, requestOf, responsesOf } from "./asking";
import { datasource } from "./services";

/** A field of a frame as tests read it. */
export interface ShownField {
  readonly name: string;
  readonly type: string;
  readonly values: readonly unknown[];
  readonly labels: Readonly<Record<string, string>> | undefined;
}
export interface ShownFrame {
  readonly name: string | undefined;
  readonly refId: string | undefined;
  readonly meta: unknown;
  readonly length: number;
  readonly fields: readonly ShownField[];
}
export interface ShownResponse {
  readonly state: string | undefined;
  readonly error: string | undefined;
  readonly frames: readonly ShownFrame[];
}

/** What tests ask the host page for; answers are plain data. */
export interface HostApi {
  /** Everything that the datasource gives to a query, one after the other. */
  query(query: Readonly<Record<string, unknown>>, range: AskedRange, uid?: string): Promise<ShownResponse[]>;
  /** Asks live, as Explore does, until `stopLive`. */
  live(query: Readonly<Record<string, unknown>>, range: AskedRange, uid?: string): Promise<void>;
  /** Ends what `live` began, and tells how many answers came. */
  stopLive(): number;
  testDatasource(uid?: string): Promise<unknown>;
  /** Goes to an address without loading the page anew. */
  go(path: string): void;
}

declare global {
  interface Window {
    host?: HostApi;
  }
}

function shown({ data, state, error, errors }: DataQueryResponse): ShownResponse {
  return {
    state,
    error: (errors?.[0] ?? error)?.message,
    frames: data.map(({ name, refId, meta, length, fields }) => ({
      ...{ name, refId, length },
      meta: plain(meta),
      fields: (fields ?? []).map(({ name, type, values, labels }: ShownField) => ({
        ...{ name, type, labels },
        values: plain([...values]),
      })),
    })),
  };
}

/** What can leave the page: no functions, BigInts as texts. */
function plain<T>(value: T): T {
  return value === undefined
    ? value
    : JSON.parse(JSON.stringify(value, (_key, part: unknown) => (typeof part === "bigint" ? String(part) : part)));
}

let live: Subscription | undefined;
let answers = 0;

export function exposeApi(): void {
  window.host = {
    async query(query, range, uid = "dunetrace") {
      const api = await datasource(uid);
      const request = requestOf([{ refId: "A", ...query }], range);
      return new Promise((resolve, reject) => {
        responsesOf(api, request)
          .pipe(toArray())
          .subscribe({ next: (responses) => resolve(responses.map(shown)), error: reject });
      });
    },
    async live(query, range, uid = "dunetrace") {
      const request = { ...requestOf([{ refId: "A", ...query }], range), app: CoreApp.Explore, liveStreaming: true };
      answers = 0;
      live = responsesOf(await datasource(uid), request).subscribe(() => {
        answers++;
      });
    },
    stopLive() {
      live?.unsubscribe();
      return answers;
    },
    testDatasource: async (uid = "dunetrace") => plain(await (await datasource(uid)).testDatasource()),
    go: (path) => locationService.push(path),
  };
}
