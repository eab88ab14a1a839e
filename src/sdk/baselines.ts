import { type Baseline, type Baselines, NO_BASELINES, parseBaselines } from "../core/baselines";
import type { Faults } from "./faults";
import { WatchedFile } from "./watchedFile";

/** Where runs get their baseline from. */
export interface BaselineSource {
  baselineOf(agent_id: string, agent_version: string): Baseline;
}

/** A baselines.json that is written anew from time to time. */
export class BaselineFileSource implements BaselineSource {
  readonly #file: WatchedFile<Baselines>;

  /**
   * @param place what names the file, for messages
   * @param now ms that only grow
   * @throws OptionsError or BaselineFileError when the file is there and is none
   */
  constructor(path: string, place: string, faults: Faults, now?: () => number) {
    this.#file = new WatchedFile({
      path,
      place,
      what: "baselines",
      without: "rules go without baselines",
      none: NO_BASELINES,
      parse: parseBaselines,
      faults,
      now,
    });
  }

  baselineOf(agent_id: string, agent_version: string): Baseline {
    return this.#file.content.baselineOf(agent_id, agent_version);
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
