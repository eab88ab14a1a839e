import { RecordedClient } from "../../../sdk/testing/record";
import type { Instrumentation } from "../patch";
import type { FakeModels, Reply } from "./fakeModels";

/** What a program did: returned or threw. */
async function outcomeOf(program: () => Promise<unknown>): Promise<unknown> {
  try {
    return { returned: await program() };
  } catch (error) {
    if (!(error instanceof Error)) return { threw: error };
    return { threw: { type: error.constructor.name, message: error.message, status: Reflect.get(error, "status") } };
  }
}

/** What a program did without and with instrumentation, and what its run told. */
export interface Twice {
  readonly plain: unknown;
  readonly instrumented: unknown;
  readonly client: RecordedClient;
  /** Requests the server got, without and with. */
  readonly requests: readonly [number, number];
}

/** Runs a program against the same answers without instrumentation, then with it and inside a run. */
export async function twice(
  server: FakeModels,
  replies: readonly Reply[],
  program: () => Promise<unknown>,
  instrument: () => Instrumentation,
): Promise<Twice> {
  const client = new RecordedClient();
  const before = server.asked.length;
  server.answer(...replies);
  const plain = await outcomeOf(program);
  const between = server.asked.length;
  server.answer(...replies);
  const { unpatch } = instrument();
  try {
    const instrumented = await client.dt.run("agent", () => outcomeOf(program));
    const requests = [between - before, server.asked.length - between] as const;
    return { plain, instrumented, client, requests };
  } finally {
    unpatch();
  }
}
