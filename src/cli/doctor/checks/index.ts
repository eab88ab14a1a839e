import type { Finding } from "../finding";
import type { Observations } from "../observations";
import { collector } from "./collector";
import { completeness } from "./completeness";
import { connection } from "./connection";
import { parseErrors, rawContent, unclassified } from "./content";
import { shipping } from "./files";
import { labels } from "./labels";
import { lastLine } from "./lastLine";
import { limits } from "./limits";
import { producers, thresholds } from "./thresholds";
import { clockSkew, timestamps } from "./timestamps";

/** In the order in which a line travels: a fault explains the ones below it. */
const CHECKS: readonly ((seen: Observations) => Finding)[] = [
  connection,
  lastLine,
  shipping,
  labels,
  timestamps,
  clockSkew,
  parseErrors,
  completeness,
  rawContent,
  limits,
  thresholds,
  producers,
  unclassified,
];

/** Everything `dunetrace doctor` says about what was seen. Without a connection there is nothing else to say of the Loki. */
export function examine(seen: Observations): Finding[] {
  const ofLoki = seen.unreachable === undefined ? CHECKS.map((check) => check(seen)) : [connection(seen)];
  return [...collector(seen), ...ofLoki];
}
