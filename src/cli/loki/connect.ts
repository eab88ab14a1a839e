import { setTimeout as sleep } from "node:timers/promises";
import type { LokiApi } from "../../logql/api";
import { type Scope, ScopeError } from "../../logql/builders";
import { HttpLoki, HttpLokiOptionsError } from "../../logql/client";
import { UsageError } from "../errors";
import type { Io } from "../io";
import type { LokiOptions } from "./options";

/** A Loki that commands read from. */
export interface ConnectedLoki {
  readonly api: LokiApi;
  readonly scope: Scope;
  /** Without credentials, for messages. */
  readonly url: string;
  /** What it says of itself, "" where that is nothing. */
  version(): Promise<string>;
}

/** The URL of a Loki that was asked for by option or environment. */
export function lokiUrl(options: LokiOptions, io: Pick<Io, "env">): string | undefined {
  return options.loki ?? nonEmpty(io.env.DUNETRACE_LOKI_URL);
}

const nonEmpty = (text: string | undefined): string | undefined => (text === "" ? undefined : text);

/**
 * Connects to a Loki by its options; nothing is sent yet.
 *
 * @throws UsageError when the options cannot work
 */
export function connectLoki(url: string, options: LokiOptions, io: Pick<Io, "env">): ConnectedLoki {
  const { env } = io;
  const user = options.username ?? nonEmpty(env.DUNETRACE_LOKI_USERNAME);
  const password = options.password ?? nonEmpty(env.DUNETRACE_LOKI_PASSWORD);
  const bearer = options.token ?? nonEmpty(env.DUNETRACE_LOKI_TOKEN);
  if (user !== undefined && bearer !== undefined) {
    throw new UsageError("A user and a token exclude each other; leave --username or --token out, or its variable");
  }
  if (user === undefined && options.password !== undefined) throw new UsageError("--password needs --username");
  if (user !== undefined && password === undefined) {
    throw new UsageError(`The user ${user} needs a password: set DUNETRACE_LOKI_PASSWORD, or give --password`);
  }
  try {
    const loki = new HttpLoki(
      {
        url,
        tenant: options.tenant ?? nonEmpty(env.DUNETRACE_LOKI_TENANT),
        basic: user === undefined || password === undefined ? undefined : { user, password },
        bearer,
        baseSelector: options.selector ?? nonEmpty(env.DUNETRACE_LOKI_SELECTOR),
      },
      { fetch, sleep: pause, random: Math.random, abortController: () => new AbortController() },
    );
    return {
      api: loki,
      scope: loki.scope,
      url: loki.url.replace(/\/loki\/api\/v1$/, ""),
      version: () => loki.version(),
    };
  } catch (error) {
    if (error instanceof HttpLokiOptionsError || error instanceof ScopeError) throw new UsageError(error.message);
    throw error;
  }
}

async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, { signal });
  } catch {
    // Aborted: whoever waits looks at its signal.
  }
}
