// @ts-check
// `npm run loki:build`: builds Loki, Promtail and Alertmanager from the Go modules in `tools/loki`, which the tests
// start. Takes about ten minutes and 6 GB of Go's caches the first time; does nothing when the binaries are there. They
// are test tools only: Loki and Promtail are AGPL-3.0 and no part of any package.
import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fetchGo } from "./goToolchain.mjs";
import { goProblem, isOlder, neededGo } from "./goVersion.mjs";
import { BINARIES, cacheFolder, findBinary, MODULE, variableOf } from "./lokiBinaries.mjs";
import { run } from "./processes.mjs";

const ALERTMANAGER = "github.com/prometheus/alertmanager";
const PAGE = "<!doctype html><title>Alertmanager</title><p>Built without its pages.</p>\n";

const goMod = readFileSync(`${MODULE}go.mod`, "utf8");
const lokiVersion = /github\.com\/grafana\/loki\/v3 v(\S+)/.exec(goMod)?.[1];
const alertmanagerVersion = /github\.com\/prometheus\/alertmanager v(\S+)/.exec(goMod)?.[1];
if (lokiVersion === undefined || alertmanagerVersion === undefined) {
  throw new Error(`${MODULE}go.mod does not name the versions of Loki and Alertmanager`);
}

/**
 * The Go to build with: that of the PATH, else the one in its usual place.
 *
 * @returns {{ go: string, version: string } | undefined}
 */
function findGo() {
  /** @type {{ go: string, version: string } | undefined} */
  let best;
  for (const go of ["go", "/usr/local/go/bin/go"]) {
    try {
      const version = execFileSync(go, ["env", "GOVERSION"], {
        encoding: "utf8",
        // Its own version, also where it would fetch another one.
        env: { ...process.env, GOTOOLCHAIN: "local" },
        stdio: ["ignore", "pipe", "ignore"],
      });
      if (best === undefined || isOlder(best.version, version.trim())) best = { go, version: version.trim() };
    } catch {
      // Not there: the next place, or the message below.
    }
  }
  return best;
}

/**
 * Alertmanager's module embeds web pages that only its release build makes. A copy of it gets an empty one, and a
 * second go.mod builds from that copy; its code is unchanged.
 *
 * @param {string} go
 * @param {string} folder a temporary one
 * @returns {string} path of the go.mod to build with
 */
function alertmanagerWithPages(go, folder) {
  execFileSync(go, ["mod", "download", ALERTMANAGER], { cwd: MODULE, stdio: ["ignore", "inherit", "inherit"] });
  const source = execFileSync(go, ["list", "-m", "-f", "{{.Dir}}", ALERTMANAGER], {
    cwd: MODULE,
    encoding: "utf8",
  }).trim();
  const copy = path.join(folder, "alertmanager");
  cpSync(source, copy, { recursive: true });
  // Go's module cache is read-only, and so is a copy of it.
  for (const name of ["", "ui", "ui/app"]) chmodSync(path.join(copy, name), 0o755);
  mkdirSync(path.join(copy, "ui/app/dist"));
  writeFileSync(path.join(copy, "ui/app/dist/index.html"), PAGE);
  const modFile = path.join(folder, "go.mod");
  writeFileSync(modFile, `${goMod}\nreplace ${ALERTMANAGER} => ${copy}\n`);
  cpSync(`${MODULE}go.sum`, path.join(folder, "go.sum"));
  return modFile;
}

/**
 * @param {import("./lokiBinaries.mjs").BinaryName} name
 * @param {string} go
 * @param {string} folder a temporary one
 * @returns {string[]} flags and packages of `go build`
 */
function target(name, go, folder) {
  const lokiFlags = `-s -w -X github.com/grafana/loki/v3/pkg/util/build.Version=${lokiVersion}`;
  if (name === "loki") return [`-ldflags=${lokiFlags}`, "github.com/grafana/loki/v3/cmd/loki"];
  if (name === "promtail") return [`-ldflags=${lokiFlags}`, "./promtail"];
  const modFile = alertmanagerWithPages(go, folder);
  const flags = `-s -w -X github.com/prometheus/common/version.Version=${alertmanagerVersion}`;
  return [`-modfile=${modFile}`, `-ldflags=${flags}`, `${ALERTMANAGER}/cmd/alertmanager`];
}

/**
 * Builds one binary into the cache, so that it is either there whole or not at all.
 *
 * @param {import("./lokiBinaries.mjs").BinaryName} name
 * @param {string} go
 * @returns {Promise<boolean>} whether it worked; the reason is on stderr then
 */
async function build(name, go) {
  const start = performance.now();
  const cache = cacheFolder();
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(path.join(tmpdir(), "dunetrace-go-"));
  const partial = path.join(cache, `.${name}-${process.pid}`);
  try {
    const flags = ["-C", MODULE, "-trimpath", "-o", partial];
    const code = await run(go, ["build", ...flags, ...target(name, go, folder)], { env: { CGO_ENABLED: "0" } });
    if (code !== 0) {
      console.error(`The build of ${name} failed, see above. It downloads Go modules: GOPROXY says where from.`);
      return false;
    }
    renameSync(partial, path.join(cache, name));
    console.log(`Built ${name} in ${((performance.now() - start) / 1000).toFixed(0)} s`);
    return true;
  } finally {
    rmSync(partial, { force: true });
    rmSync(folder, { recursive: true, force: true });
  }
}

async function buildAll() {
  const missing = BINARIES.filter((name) => findBinary(name) === undefined);
  if (missing.length > 0) {
    const found = findGo();
    const needed = neededGo(goMod);
    const problem = goProblem(found?.version, needed);
    if (found === undefined || problem !== undefined) {
      const variables = missing.map(variableOf).join(", ");
      console.error(
        `Cannot build ${missing.join(", ")}: ${problem}. Binaries that exist can be named by ${variables}.`,
      );
      return false;
    }
    let { go, version } = found;
    if (isOlder(version, needed)) {
      console.log(`${version} is too old: fetching Go ${needed}`);
      go = fetchGo(go, needed);
      version = `go${needed}`;
    }
    console.log(`Building ${missing.join(", ")} with ${version}; about ten minutes the first time.`);
    for (const name of missing) if (!(await build(name, go))) return false;
  }
  for (const name of BINARIES) console.log(`${name}: ${findBinary(name)}`);
  return true;
}

process.exitCode = (await buildAll()) ? 0 : 1;
