import { parseScope, type Scope } from "../builders/scope";
import { base64 } from "./base64";

export interface HttpLokiOptions {
  /** Where Loki listens, a path before `/loki/api/v1` included: `https://logs.example.com/prefix`. */
  readonly url: string;
  /** Sent as X-Scope-OrgID. */
  readonly tenant?: string | undefined;
  readonly basic?: { readonly user: string; readonly password: string } | undefined;
  readonly bearer?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** A stream selector whose matchers belong into every query: `{cluster="eu"}`. */
  readonly baseSelector?: string | undefined;
  /** How long one attempt may take, ms; 30,000 by default, as long as Loki's own server waits. */
  readonly timeoutMs?: number | undefined;
  /** Attempts after the first; 2 by default. */
  readonly retries?: number | undefined;
}

/** Settings that cannot work: which one, and what to write instead. */
export class HttpLokiOptionsError extends Error {
  override readonly name = "HttpLokiOptionsError";
}

/** The options, ready for use. */
export interface Connection {
  /** Up to and with `/loki/api/v1`, without credentials. */
  readonly base: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly scope: Scope;
  readonly timeoutMs: number;
  readonly retries: number;
}

const URL_PARTS = /^(https?:\/\/)(?:([^@/?#]*)@)?([^/?#@]+)(\/[^?#]*)?$/i;
const API = "/loki/api/v1";
const NOT_IN_A_HEADER = /[^\t\u0020-\u007e\u0080-\u00ff]/;

/**
 * Checks the options. Credentials in the URL become basic authentication.
 *
 * @throws HttpLokiOptionsError, ScopeError
 */
export function connectionOf(options: HttpLokiOptions): Connection {
  const { basic, bearer, timeoutMs = 30_000, retries = 2 } = options;
  const [, scheme, credentials, host, path = ""] = URL_PARTS.exec(options.url.trim()) ?? [];
  if (scheme === undefined || host === undefined) {
    throw new HttpLokiOptionsError(
      `The Loki URL ${JSON.stringify(withoutCredentials(options.url))} is no http or https URL without a query; write for example http://localhost:3100`,
    );
  }
  const ways = [basic, bearer, credentials].filter((way) => way !== undefined);
  if (ways.length > 1) {
    throw new HttpLokiOptionsError(
      `Loki at ${scheme}${host} is given ${ways.length} ways to authenticate; keep one of basic, bearer and credentials in the URL`,
    );
  }
  if (!(timeoutMs > 0)) throw new HttpLokiOptionsError(`The timeout ${timeoutMs} ms is too short; give 1 or more`);
  if (!(retries >= 0)) throw new HttpLokiOptionsError(`${retries} retries are no number; give 0 or more`);
  const trimmed = path.replace(/\/+$/, "");
  return {
    base: `${scheme}${host}${trimmed.endsWith(API) ? trimmed : `${trimmed}${API}`}`,
    headers: headersOf(options, credentials),
    scope: parseScope(options.baseSelector ?? ""),
    timeoutMs,
    retries,
  };
}

function headersOf({ basic, bearer, tenant, headers }: HttpLokiOptions, credentials: string | undefined) {
  const pair = basic === undefined ? credentials && decoded(credentials) : `${basic.user}:${basic.password}`;
  const all: Record<string, string> = {
    ...headers,
    Accept: "application/json",
    // Tells labels of the stream apart from structured metadata and from what the query parsed.
    "X-Loki-Response-Encoding-Flags": "categorize-labels",
  };
  if (pair !== undefined) all.Authorization = `Basic ${base64(pair)}`;
  if (bearer !== undefined) all.Authorization = `Bearer ${bearer}`;
  if (tenant !== undefined) all["X-Scope-OrgID"] = tenant;
  for (const [name, value] of Object.entries(all)) {
    if (NOT_IN_A_HEADER.test(value) || !/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)) {
      throw new HttpLokiOptionsError(
        `The header ${JSON.stringify(name)} for Loki holds characters that no header can hold; remove line breaks and the like`,
      );
    }
  }
  return all;
}

function decoded(credentials: string): string {
  try {
    return decodeURIComponent(credentials);
  } catch {
    // A bare % in a password that nobody encoded: taken as it is.
    return credentials;
  }
}

/** The text of a URL as messages may show it. */
export function withoutCredentials(url: string): string {
  return url.replace(/\/\/[^/]*@/, "//");
}
