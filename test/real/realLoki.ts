import { type LokiSetting, type RealLoki, startLoki } from "./loki";

export interface AnyLoki {
  readonly url: string;
  /** Undefined for the Loki of LOKI_URL, which others may use too: it cannot be stopped or configured. */
  readonly started: RealLoki | undefined;
}

/**
 * A real Loki to push to and to ask: that of LOKI_URL where set, else one that is started for the caller. Tests give
 * their agents names of their own (`uniqueName`), so that a shared Loki serves.
 *
 * @param setting for the one that is started
 */
export async function realLoki(setting: LokiSetting = {}): Promise<AnyLoki> {
  const url = process.env.LOKI_URL;
  if (url) return { url: url.replace(/\/+$/, ""), started: undefined };
  const started = await startLoki(setting);
  return { url: started.url, started };
}

let names = 0;

/** A name that nobody else uses, for an agent or a label: `stem-<process>-<time>-<count>`. */
export function uniqueName(stem: string): string {
  names++;
  return `${stem}-${process.pid}-${Date.now()}-${names}`;
}
