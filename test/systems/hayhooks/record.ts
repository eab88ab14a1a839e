import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { uuidOf } from "../../../src/collector/trace/run";

const FIXTURES = join(import.meta.dirname, "../../fixtures/hayhooks");
const ID = /"(run_id|trace_id|span_id|parent_span_id)":"([0-9a-f-]+)"/g;

/**
 * Keeps the lines of a test as a fixture, with ids that are the same each time, where RECORD_FIXTURES is 1.
 *
 * @param name of the file
 */
export function record(name: string, text: string): void {
  if (process.env.RECORD_FIXTURES !== "1") return;
  const ids = new Map<string, string>();
  const fixed = (id: string): string => {
    const plain = id.replaceAll("-", "");
    const digest = createHash("sha256").update(`${name} ${ids.size}`).digest("hex").slice(0, plain.length);
    const found = ids.get(plain) ?? digest;
    ids.set(plain, found);
    return id.includes("-") ? uuidOf(found) : found;
  };
  mkdirSync(FIXTURES, { recursive: true });
  writeFileSync(
    join(FIXTURES, `${name}.ndjson`),
    text.replace(ID, (_, key, id) => `"${key}":"${fixed(id)}"`),
  );
}
