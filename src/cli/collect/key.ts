import type { Io } from "../io";

/** The key that senders are asked for; an empty one is none. */
export function collectorKey({ env }: Pick<Io, "env">): string | undefined {
  const key = env.DUNETRACE_COLLECTOR_KEY;
  return key === "" ? undefined : key;
}
