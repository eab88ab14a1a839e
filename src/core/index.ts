/**
 * The core for readers of lines: pure TypeScript for Node and the browser, without clocks, files or cryptography.
 *
 * @example
 * import { DEFAULT_SETTINGS, judge, parseLine, rebuildRun } from "dunetrace-grafana/core";
 *
 * const lines = text.split("\n").flatMap((line) => {
 *   const result = parseLine(line);
 *   return result.ok ? [result.line] : [];
 * });
 * const run = rebuildRun(lines.filter((line) => line.run_id === id));
 * const { signals } = judge({ ...run, baseline: {}, settings: DEFAULT_SETTINGS });
 *
 * @module
 */
export * from "./baselines";
export * from "./detectors";
export * from "./facts";
export * from "./hashing";
export * from "./injection";
export * from "./prices";
export * from "./run";
export * from "./wire";
