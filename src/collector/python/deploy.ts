import { randomUUID } from "node:crypto";
import type { Context } from "hono";
import * as v from "valibot";
import { agentIdOf, type Payloads, RunEncoder, type Scalar } from "../../core/wire";
import type { Counters } from "../counters";
import type { KeyCheck } from "../server/auth";
import { jsonOf } from "../server/body";
import type { LineOptions } from "../trace/runLines";
import { deploySchema, problemOf, type SentDeploy } from "./envelope";

export interface DeployOptions extends LineOptions {
  readonly counters: Counters;
  readonly key: KeyCheck;
  readonly maxBytes: number;
}

/** `POST /v1/deploy`: a deployment becomes a `deploy.marker`. */
export async function takeDeploy(c: Context, options: DeployOptions): Promise<Response> {
  const { key, maxBytes, clock, maxLineBytes, write, counters } = options;
  const body = await jsonOf(c, key.bodyBytes(c, maxBytes));
  if (body instanceof Response) return body;
  const sent = v.safeParse(deploySchema, body.value);
  const document = v.safeParse(v.object({ api_key: v.string() }), body.value);
  const refusal = key.refusal(c, document.success ? document.output.api_key : undefined);
  if (refusal !== undefined) return refusal;
  if (!sent.success) return c.json({ error: `The body is no deployment: ${problemOf(sent.issues)}` }, 422);
  const agent_id = agentIdOf(sent.output.agent_id);
  const { version } = sent.output;
  const now = clock();
  const encoder = new RunEncoder({ agent_id, run_id: "", agent_version: version }, maxLineBytes);
  const payload = payloadOf(sent.output);
  write(
    encoder.encode({ event_type: "deploy.marker", level: "info", time: now, written: now, step_index: 0, payload }),
    "info",
  );
  counters.deploys++;
  return c.json({ id: randomUUID(), agent_id, version, deployed_at: now / 1_000_000 }, 202);
}

function payloadOf({ version, meta }: SentDeploy): Payloads["deploy.marker"] {
  const { commit, environment, ...rest } = meta;
  const flat = Object.entries(rest).filter((entry): entry is [string, Scalar] => isScalar(entry[1]));
  return {
    version,
    commit: typeof commit === "string" ? commit : undefined,
    environment: typeof environment === "string" ? environment : undefined,
    meta: flat.length === 0 ? undefined : Object.fromEntries(flat),
  };
}

function isScalar(value: unknown): value is Scalar {
  return value === null || typeof value === "string" || typeof value === "boolean" || Number.isFinite(value);
}
