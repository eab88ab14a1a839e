import { statSync } from "node:fs";
import { type Baseline, type Baselines, NO_BASELINES, parseBaselines } from "../core/baselines";
import { readDocument, sourceOf } from "./configFile";
import type { Faults } from "./faults";
import { sayOnce } from "./notices";

/** The file is looked at again after this many ms. */
const LOOK_EVERY_MS = 60_000;

/** Where runs get their baseline from. */
export interface BaselineSource {
  baselineOf(agent_id: string, agent_version: string): Baseline;
}

/**
 * A baselines.json that is written anew from time to time: looked at once a minute, when a run starts. A file that is not
 * there yet means no baselines; one that has become unreadable leaves the last good copy in use.
 */
export class BaselineFileSource implements BaselineSource {
  readonly #path: string;
  readonly #place: string;
  readonly #faults: Faults;
  readonly #now: () => number;
  #baselines: Baselines;
  #lookedAt: number;
  /** Modification time and size of what was read. */
  #version = "";

  /**
   * @param place what names the file, for messages
   * @param now ms that only grow
   * @throws OptionsError or BaselineFileError when the file is there and is none
   */
  constructor(path: string, place: string, faults: Faults, now: () => number = () => performance.now()) {
    this.#path = path;
    this.#place = place;
    this.#faults = faults;
    this.#now = now;
    this.#lookedAt = now();
    const found = this.#read();
    if (found === undefined) sayOnce(`${path} (baselines) is not there yet: rules go without baselines until it is.`);
    this.#baselines = found ?? NO_BASELINES;
  }

  baselineOf(agent_id: string, agent_version: string): Baseline {
    const now = this.#now();
    if (now - this.#lookedAt >= LOOK_EVERY_MS) {
      this.#lookedAt = now;
      try {
        this.#baselines = this.#read() ?? this.#baselines;
      } catch (error) {
        this.#faults.note(`reading baselines from ${this.#path}`, error);
      }
    }
    return this.#baselines.baselineOf(agent_id, agent_version);
  }

  /** @returns undefined when the file is not there or has not changed */
  #read(): Baselines | undefined {
    const found = statSync(this.#path, { throwIfNoEntry: false });
    if (found === undefined) return undefined;
    const version = `${found.mtimeMs}:${found.size}`;
    if (version === this.#version) return undefined;
    const baselines = parseBaselines(
      readDocument(this.#path, this.#place, "JSON", JSON.parse),
      sourceOf(this.#path, this.#place),
    );
    this.#version = version;
    return baselines;
  }
}

/**
 * @param option path of a baselines.json, or its parsed content
 * @param place what gave it, for messages
 * @throws OptionsError or BaselineFileError when it is none
 */
export function baselinesFor(
  option: string | object | undefined,
  faults: Faults,
  place = 'The option "baselines"',
): BaselineSource {
  if (option === undefined) return NO_BASELINES;
  if (typeof option !== "string") return parseBaselines(option, place);
  return new BaselineFileSource(option, place, faults);
}
