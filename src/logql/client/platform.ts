import type {} from "../platform";

/** The part of `fetch` that is used; that of browsers and of Node fits. */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchResponse>;

export interface FetchInit {
  readonly method: "GET" | "POST";
  readonly headers: Record<string, string>;
  readonly body?: string;
  readonly signal: AbortSignal;
  /** Redirects are not followed: Loki sends none, and behind those of a proxy are login pages. */
  readonly redirect: "manual";
}

export interface FetchResponse {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  text(): Promise<string>;
}

/** What the client cannot make itself, because it runs in browsers and in Node and its clock is a test's. */
export interface Platform {
  readonly fetch: Fetch;
  /** Resolves after so many ms; it may settle at once when the signal aborts. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** 0 ≤ n < 1. */
  readonly random: () => number;
  /** `() => new AbortController()` */
  readonly abortController: () => { readonly signal: AbortSignal; abort(): void };
}
