// @ts-check
import { spawn } from "node:child_process";

/** How long both programs have to end by themselves once they were asked to, ms. */
const GRACE_MS = 3000;
const INTERRUPTS = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]);

/**
 * @param {import("node:child_process").ChildProcess} child
 * @returns {Promise<{ code: number | null, signal: NodeJS.Signals | null }>}
 */
function ended(child) {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => resolve({ code, signal }));
  });
}

/**
 * Runs two programs of Node, the output of the first being the input of the second, until the second ends: the first
 * is then ended as well. An interrupt ends both, with force after three seconds.
 *
 * @param {readonly string[]} writer script and arguments
 * @param {readonly string[]} reader
 * @returns {Promise<number>} 0 after an interrupt; else the exit code of the reader; where that is 0 and the writer had
 *   ended by itself, the exit code of the writer
 */
export async function pipeline(writer, reader) {
  const to = spawn(process.execPath, reader, { stdio: ["pipe", "inherit", "inherit"] });
  const from = spawn(process.execPath, writer, { stdio: ["ignore", "pipe", "inherit"] });
  // EPIPE: the reader closed its input while there was more; its end is noticed below.
  to.stdin.on("error", () => from.stdout.unpipe(to.stdin));
  from.stdout.pipe(to.stdin);

  let interrupted = false;
  /** @param {NodeJS.Signals} signal */
  const interrupt = (signal) => {
    interrupted = true;
    end(signal);
  };
  /** @param {NodeJS.Signals} signal */
  const end = (signal) => {
    for (const child of [from, to]) child.kill(signal);
    setTimeout(() => [from, to].map((child) => child.kill("SIGKILL")), GRACE_MS).unref();
  };
  for (const signal of INTERRUPTS) process.on(signal, interrupt);
  try {
    const writerEnd = ended(from);
    const readerEnd = await ended(to);
    const writerWasDone = from.stdout.readableEnded;
    end("SIGTERM");
    const { code } = await writerEnd;
    if (interrupted) return 0;
    if (readerEnd.code !== 0) return readerEnd.code ?? 1;
    return writerWasDone ? (code ?? 1) : 0;
  } finally {
    for (const signal of INTERRUPTS) process.off(signal, interrupt);
  }
}
