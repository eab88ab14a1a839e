import { BaselineFileError } from "../core/baselines";
import { DetectorConfigError } from "../core/detectors";
import { PolicyError } from "../core/policies";
import { PriceOverrideError } from "../core/prices";
import { describeThrown } from "./errors";
import { say } from "./notices";
import { OptionsError } from "./optionValues";

/** Errors of this package, whose messages name places and settings. */
const OURS = [OptionsError, PolicyError, BaselineFileError, PriceOverrideError, DetectorConfigError];

/**
 * Keeps the SDK's own faults away from the agent: each is counted, and with `debug` the first of each kind is told on
 * stderr.
 */
export class Faults {
  #count = 0;
  readonly #told = new Set<string>();
  readonly #debug: boolean;

  constructor(debug: boolean) {
    this.#debug = debug;
  }

  /** How often something inside the SDK failed. */
  get count(): number {
    return this.#count;
  }

  /**
   * Notes a fault that was kept from the agent.
   *
   * @param where what was being done, for people
   */
  note(where: string, error: unknown): void {
    this.#count++;
    // The message of another error, such as that of a hook, may hold content of the agent.
    const { type, message } = describeThrown(error);
    this.tell(where, `${where} failed: ${OURS.some((Ours) => error instanceof Ours) ? message : type}`);
  }

  /** With `debug`, tells something once per topic; otherwise does nothing. */
  tell(topic: string, message: string): void {
    if (!this.#debug || this.#told.has(topic)) return;
    this.#told.add(topic);
    say(message);
  }
}
