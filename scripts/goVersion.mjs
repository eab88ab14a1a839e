// @ts-check

/**
 * @param {string} version `go1.26.5` or `1.26.5`
 * @returns {number[]} its numbers; a pre-release counts as its release
 */
function numbers(version) {
  return version.match(/\d+/g)?.slice(0, 3).map(Number) ?? [];
}

/**
 * @param {string} version
 * @param {string} than
 */
export function isOlder(version, than) {
  const a = numbers(version);
  const b = numbers(than);
  for (let at = 0; at < 3; at++) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

/**
 * The version that a go.mod asks for.
 *
 * @param {string} goMod its text
 */
export function neededGo(goMod) {
  const version = /^go (\S+)$/m.exec(goMod)?.[1];
  if (version === undefined) throw new Error("go.mod has no line with the version of Go");
  return version;
}

/** The oldest Go that can download a module by its name and version. */
const DOWNLOADS_MODULES = "1.16";

/**
 * Why the module cannot be built, to follow "Cannot build: ".
 *
 * @param {string | undefined} found the version of the Go at hand
 * @param {string} needed
 * @returns {string | undefined} undefined when it can, at least after fetching a newer Go
 */
export function goProblem(found, needed) {
  const install = `install Go ${needed} or later (https://go.dev/doc/install) and put it on the PATH`;
  if (found === undefined) return `there is no Go: ${install}`;
  return isOlder(found, DOWNLOADS_MODULES) ? `${found} is too old: ${install}` : undefined;
}
