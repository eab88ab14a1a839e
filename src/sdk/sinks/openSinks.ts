import { errorText } from "../errors";
import type { Faults } from "../faults";
import { sayOnce } from "../notices";
import { OptionsError } from "../optionValues";
import type { ResolvedOptions } from "../resolveOptions";
import { BatchedSink } from "./batched";
import { HttpSink } from "./http";
import { LokiSink } from "./loki";
import { Outputs } from "./outputs";
import { PinoSink } from "./pino";
import type { Sink, Tell } from "./sink";
import { SyncSink } from "./sync";
import { FileTarget, StdoutTarget, type Target } from "./target";

function openFile(path: string): FileTarget {
  try {
    return new FileTarget(path);
  } catch (error) {
    throw new OptionsError(
      `The option "file" names ${path}, which cannot be opened for writing: ${errorText(error)}. Name a file in a folder this process may write to.`,
    );
  }
}

/**
 * The outputs a client was configured with.
 *
 * @throws OptionsError when the file cannot be opened
 */
export function openOutputs(options: ResolvedOptions, faults: Faults): Outputs {
  const tell: Tell = (topic, message) => faults.tell(topic, message);
  const { writeMode, flushIntervalMs, maxQueueBytes, endpoint, apiKey, logger, file, loki } = options;
  const open = (target: Target): Sink =>
    writeMode === "sync"
      ? new SyncSink(target, tell)
      : new BatchedSink(target, { flushIntervalMs, maxQueueBytes }, tell);
  const sinks: Sink[] = [];
  if (options.emitAsJson) sinks.push(open(new StdoutTarget()));
  if (file !== undefined) sinks.push(open(openFile(file)));
  if (logger !== undefined) sinks.push(new PinoSink(logger, tell));
  const around = { alert: sayOnce, tell };
  if (endpoint !== undefined) sinks.push(new HttpSink({ endpoint, apiKey, maxQueueBytes }, around));
  if (loki !== undefined) sinks.push(new LokiSink(loki, around));
  return new Outputs(sinks, (where, error) => faults.note(where, error), options.flushOnSignals);
}
