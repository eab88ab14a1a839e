// @ts-check
import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, existsSync, readdirSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** Go's names of what Node calls otherwise. */
const ARCHITECTURES = new Map([
  ["x64", "amd64"],
  ["ia32", "386"],
]);
const SYSTEMS = new Map([["win32", "windows"]]);

/**
 * The module that holds a whole Go: the one that `go` itself fetches when a go.mod asks for a newer one.
 *
 * @param {string} version such as `1.26.5`
 */
export function toolchainModule(version, { platform = process.platform, arch = process.arch } = {}) {
  const machine = `${SYSTEMS.get(platform) ?? platform}-${ARCHITECTURES.get(arch) ?? arch}`;
  return `golang.org/toolchain@v0.0.1-go${version}.${machine}`;
}

/** @param {string} folder */
function makeExecutable(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isFile()) chmodSync(path.join(entry.parentPath, entry.name), 0o755);
  }
}

/**
 * Lets a Go that is too old fetch a newer one as a module, so from the same proxy as every other module, checked
 * against Go's checksum database. Go does this by itself from 1.21 on, but not where GOTOOLCHAIN is `local`, as
 * distributions set it.
 *
 * @param {string} go the old one
 * @param {string} version
 * @returns {string} path of the new one
 * @throws Error when it cannot be fetched; the reason is on stderr then
 */
export function fetchGo(go, version) {
  const text = execFileSync(go, ["mod", "download", "-json", toolchainModule(version)], {
    // Outside of every module: the go.mod there would ask for a newer Go already.
    cwd: tmpdir(),
    env: { ...process.env, GOTOOLCHAIN: "local", GO111MODULE: "on", GOFLAGS: "" },
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  /** @type {unknown} */
  const answer = JSON.parse(text);
  const dir = typeof answer === "object" && answer !== null && "Dir" in answer ? answer.Dir : undefined;
  if (typeof dir !== "string") throw new Error(`${go} mod download names no folder of Go ${version}: ${text}`);
  // A module's files cannot be executed, and a go.mod below its root would make another module of the folder.
  makeExecutable(path.join(dir, "bin"));
  makeExecutable(path.join(dir, "pkg/tool"));
  const source = path.join(dir, "src");
  if (!existsSync(path.join(source, "go.mod"))) {
    const mode = statSync(source).mode;
    chmodSync(source, 0o755);
    copyFileSync(path.join(source, "_go.mod"), path.join(source, "go.mod"));
    chmodSync(source, mode);
  }
  return path.join(dir, "bin", process.platform === "win32" ? "go.exe" : "go");
}
