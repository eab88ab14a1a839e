import type { Hono } from "hono";
import { type Address, listen as listenOn, type Served } from "../../server/listen";
import { type AppOptions, lokiApp } from "./app";

export type { Served } from "../../server/listen";

export interface ListenOptions extends Address {
  /** Adds what else the server answers: routes of their own, none of them below `/loki`. */
  readonly extend?: ((app: Hono) => void) | undefined;
}

/** @throws Error when the address cannot be listened on */
export async function listen({ extend, ...address }: ListenOptions, options: AppOptions): Promise<Served> {
  const app = lokiApp({ ...options, extend });
  return listenOn((request, from) => app.fetch(request, from), address);
}
