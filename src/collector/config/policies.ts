import { type Policy, parsePolicies } from "../../core/policies";
import type { Faults } from "../../sdk/faults";
import { WatchedFile } from "../../sdk/watchedFile";
import { NO_POLICIES, type PolicySource } from "../python/policies";

const NONE: readonly Policy[] = [];

/**
 * The policies of a file, which is looked at once a minute.
 *
 * @throws OptionsError or PolicyError when the file is there and is not valid
 */
export function policySource(path: string | undefined, faults: Faults): PolicySource {
  if (path === undefined) return NO_POLICIES;
  const file = new WatchedFile({
    path,
    place: "--policies",
    what: "policies",
    without: "agents get none",
    none: NONE,
    parse: parsePolicies,
    faults,
  });
  return {
    get policies() {
      return file.content;
    },
  };
}
