import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pageRoutes } from "../../src/cli/page/routes";
import { detectorDocument } from "../../src/cli/page/settings";
import { DetectorConfig } from "../../src/core/detectors";
import { type OpenedStore, openStore } from "../../src/loki";

const FOLDER = join(import.meta.dirname, "../../lib/viewer");
const HOST = "127.0.0.1";

/** Why the page cannot be tested, and what helps; undefined where it is built. */
export const missingPage = (): string | undefined =>
  existsSync(join(FOLDER, "index.html")) ? undefined : "lib/viewer is not built: run `npm run build`";

export interface ServedPage {
  /** Ends with a slash. */
  readonly url: string;
  readonly store: OpenedStore;
  close(): Promise<void>;
}

/**
 * The built local page over an embedded store of these lines, as `dunetrace dev` serves it.
 *
 * @param pollMs between two questions of a view; as users have it where it is undefined
 */
export async function servePage(lines: readonly string[], pollMs: number | undefined): Promise<ServedPage> {
  const store = openStore({ clock: Date.now, anyTime: true });
  store.pushLines(lines);
  const settings = {
    version: "1.2.3",
    detectors: detectorDocument(new DetectorConfig()),
    baselines: undefined,
    source: "dunetrace dev, for a test",
    stallAfterMs: 90_000,
    command: "npx -p dunetrace-grafana dunetrace demo",
    ...(pollMs === undefined ? {} : { pollMs }),
  };
  // A copy, which a build that somebody starts meanwhile does not take away.
  const folder = mkdtempSync(join(tmpdir(), "dunetrace-viewer-"));
  cpSync(FOLDER, folder, { recursive: true });
  const extend = pageRoutes({ settings, host: HOST, folder });
  const { url } = await store.serve({ host: HOST, port: 0, extend });
  const close = async (): Promise<void> => {
    await store.close();
    rmSync(folder, { recursive: true });
  };
  return { url: `${url}/`, store, close };
}
