import { afterAll } from "vitest";
import { endAll } from "./registry";

export { startAlertmanager } from "./alertmanager";
export { describeReal, describeWithLoki } from "./components";
export { type RealLoki, type Section, startLoki } from "./loki";
export type { RealProgram } from "./program";
export { startPromtail } from "./promtail";
export { type PushStream, push, pushStreams } from "./push";
export { getJson, readLabelNames, readLines, type StoredLine } from "./read";
export { type AnyLoki, realLoki, uniqueName } from "./realLoki";
export { temporaryFolder } from "./registry";
export { waitFor } from "./waitFor";

// Whatever a test file started ends with it, also when a test failed.
afterAll(endAll, 30_000);
