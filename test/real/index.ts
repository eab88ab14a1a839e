import { afterAll } from "vitest";
import { endAll } from "./registry";

export { type AlertmanagerSetting, startAlertmanager } from "./alertmanager";
export { type Component, describeReal, describeWithLoki, unavailable } from "./components";
export { type LokiSetting, type RealLoki, type RulerSetting, type Section, startLoki } from "./loki";
export type { RealProgram } from "./program";
export { type PromtailSetting, startPromtail } from "./promtail";
export { type PushOptions, type PushStream, push, pushStreams } from "./push";
export { getJson, type ReadOptions, readLabelNames, readLines, type StoredLine } from "./read";
export { type AnyLoki, realLoki, uniqueName } from "./realLoki";
export { temporaryFolder } from "./registry";
export { type WaitOptions, waitFor } from "./waitFor";

// Whatever a test file started ends with it, also when a test failed.
afterAll(endAll, 30_000);
