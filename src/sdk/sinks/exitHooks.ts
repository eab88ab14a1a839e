/** What wants to write on the way out. */
export interface Flushable {
  /** Writes what waits without the event loop. */
  flushSync(): void;
  /**
   * Writes what waits while the event loop still turns, within a bound of its own.
   *
   * @returns undefined when nothing waits for the event loop
   */
  flushBeforeExit(): Promise<void> | undefined;
  /** Writes what waits and gives up the rest: nothing runs after this. */
  flushAtExit(): void;
}

const flushables = new Set<Flushable>();
const flushedOnSignals = new Set<Flushable>();
const SIGNALS = ["SIGTERM", "SIGINT", "SIGHUP"] as const;

function flushAll(): void {
  for (const flushable of flushables) flushable.flushSync();
}

function atExit(): void {
  for (const flushable of flushables) flushable.flushAtExit();
}

function beforeExit(): void {
  for (const flushable of flushables) void flushable.flushBeforeExit();
}

/**
 * Flushes, then lets the signal do what it would have done without us: at once, or when what needs the event loop is
 * written. A second signal meanwhile acts at once.
 */
function onSignal(signal: NodeJS.Signals): void {
  for (const flushable of flushedOnSignals) flushable.flushSync();
  if (process.listenerCount(signal) > 1) return;
  for (const name of SIGNALS) process.removeListener(name, onSignal);
  const waiting = [...flushedOnSignals].flatMap((flushable) => flushable.flushBeforeExit() ?? []);
  if (waiting.length === 0) process.kill(process.pid, signal);
  else
    void Promise.all(waiting).then(() => {
      // No exit event comes from a signal.
      for (const flushable of flushedOnSignals) flushable.flushAtExit();
      process.kill(process.pid, signal);
    });
}

/** Has an output flushed on exit and on a crash; with `onSignals` on SIGTERM, SIGINT and SIGHUP too. */
export function flushOnExit(flushable: Flushable, onSignals: boolean): void {
  if (flushables.size === 0) {
    process.on("beforeExit", beforeExit);
    process.on("exit", atExit);
    process.on("uncaughtExceptionMonitor", flushAll);
  }
  flushables.add(flushable);
  if (!onSignals) return;
  if (flushedOnSignals.size === 0) for (const name of SIGNALS) process.on(name, onSignal);
  flushedOnSignals.add(flushable);
}

/** Undoes `flushOnExit`; with the last output all hooks of the process are gone. */
export function forgetOnExit(flushable: Flushable): void {
  flushables.delete(flushable);
  if (flushables.size === 0) {
    process.removeListener("beforeExit", beforeExit);
    process.removeListener("exit", atExit);
    process.removeListener("uncaughtExceptionMonitor", flushAll);
  }
  if (flushedOnSignals.delete(flushable) && flushedOnSignals.size === 0) {
    for (const name of SIGNALS) process.removeListener(name, onSignal);
  }
}
