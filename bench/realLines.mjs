import { readdirSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

const FOLDER = new URL("../test/fixtures/real/", import.meta.url);

/** The lines of the real runs the repository ships, in order. */
export function realLines() {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith(".ndjson.gz"))
    .sort()
    .flatMap((name) =>
      gunzipSync(readFileSync(new URL(name, FOLDER)))
        .toString()
        .trimEnd()
        .split("\n"),
    );
}
