import { expect, it } from "vitest";
import { flushOnExit, forgetOnExit } from "./exitHooks";

const NAMES = ["exit", "beforeExit", "uncaughtExceptionMonitor", "SIGTERM", "SIGINT", "SIGHUP"];
const listeners = () => NAMES.map((name) => process.listenerCount(name));

const flushable = () => ({
  flushSync: () => undefined,
  flushBeforeExit: () => undefined,
  flushAtExit: () => undefined,
});

it("listens to the process once for all outputs, to signals only when asked, and not at all after the last", () => {
  const before = listeners();
  const [plain, other, signalled] = [flushable(), flushable(), flushable()];
  flushOnExit(plain, false);
  flushOnExit(other, false);
  expect(listeners().map((count, at) => count - (before[at] ?? 0))).toEqual([1, 1, 1, 0, 0, 0]);
  flushOnExit(signalled, true);
  expect(listeners().map((count, at) => count - (before[at] ?? 0))).toEqual([1, 1, 1, 1, 1, 1]);
  forgetOnExit(signalled);
  forgetOnExit(plain);
  expect(listeners().map((count, at) => count - (before[at] ?? 0))).toEqual([1, 1, 1, 0, 0, 0]);
  forgetOnExit(other);
  forgetOnExit(other);
  expect(listeners()).toEqual(before);
});
