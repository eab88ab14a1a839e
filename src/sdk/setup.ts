import type { DetectorConfig } from "../core/detectors";
import { type BaselineSource, baselinesFor } from "./baselines";
import { guardedClock, systemClock } from "./clock";
import { Content } from "./content";
import { detectorConfigFor } from "./detectors";
import { Faults } from "./faults";
import { nodeHash } from "./hashing";
import type { DunetraceOptions } from "./options";
import { PolicySet } from "./policies/policySet";
import { pricesFor } from "./prices";
import { processState } from "./processState";
import type { Recording } from "./recorder";
import { placeOf, resolveOptions } from "./resolveOptions";
import { openOutputs } from "./sinks/openSinks";
import type { RunDefaults } from "./startRun";
import { Watchdog } from "./watchdog";

/** A client's parts, made of its options. */
export interface Setup {
  readonly recording: Recording;
  readonly detectors: DetectorConfig;
  readonly baselines: BaselineSource;
  readonly policies: PolicySet;
  readonly defaults: RunDefaults;
  readonly grafanaUrl: string | undefined;
}

/**
 * Makes the parts of a client. Everything that can be wrong with options and files is found here, before the first run;
 * outputs are opened last, so that nothing stays open when it throws.
 *
 * @throws OptionsError, DetectorConfigError, BaselineFileError or PriceOverrideError
 */
export function setUp(given: DunetraceOptions, environment: NodeJS.ProcessEnv): Setup {
  const options = resolveOptions(given, environment);
  const faults = new Faults(options.debug);
  const hashMode = options.hashKey === undefined ? "sha256" : "hmac";
  const content = new Content(options.capture, nodeHash({ key: options.hashKey }), hashMode);
  const clock = options.clock === undefined ? systemClock() : guardedClock(options.clock);
  const detectors = detectorConfigFor(options.detectors, placeOf("detectors", given));
  const baselines = baselinesFor(options.baselines, faults, placeOf("baselines", given));
  const prices = pricesFor(options.prices, placeOf("prices", given));
  return {
    detectors,
    baselines,
    policies: new PolicySet(options.policies, faults, placeOf("policies", given)),
    grafanaUrl: options.grafanaUrl,
    defaults: {
      agentId: options.agentId,
      version: options.version,
      environment: options.environment,
      tags: options.tags,
      tagKeys: new Set(options.tagKeys),
      humanTools: options.humanTools ?? [],
    },
    recording: {
      clock,
      // A clock of one's own tells times that have nothing to do with those of other clients.
      timeline: options.clock === undefined ? processState().timeline : { lastTs: 0 },
      content,
      prices,
      maxLineBytes: options.maxLineBytes,
      watchdog: new Watchdog(clock, faults),
      faults,
      outputs: openOutputs(options, faults),
    },
  };
}
