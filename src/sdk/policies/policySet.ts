import { type Policy, PolicyError, parsePolicies, parsePolicy, policiesFor } from "../../core/policies";
import { isRecord } from "../../core/wire/record";
import type { Faults } from "../faults";
import { WatchedFile } from "../watchedFile";

/** What `addPolicy` takes: the shape of policies.json in camelCase; what is left out has its default. */
export interface PolicyOptions {
  readonly name: string;
  readonly condition: { readonly trigger: string; readonly operator: string; readonly value: number | string };
  readonly action: { readonly type: string; readonly params?: Readonly<Record<string, string>> | undefined };
  /** Default: every agent. */
  readonly agentId?: string | undefined;
  /** Lower ones act first. Default: 100. */
  readonly priority?: number | undefined;
  /** Default: true. */
  readonly enabled?: boolean | undefined;
  /** What a cost_usd policy does when the price or the tokens of a call are not known. Default: it says so, and the run goes on. */
  readonly onUnpriced?: "stop" | undefined;
}

const NO_POLICIES: readonly Policy[] = [];

/** The policies of a client: added ones and those of a file, which is looked at once a minute. */
export class PolicySet {
  readonly #added: Policy[] = [];
  readonly #file: WatchedFile<readonly Policy[]> | undefined;
  readonly #given: readonly Policy[];
  /** By agent, while neither the added ones nor the file change. */
  readonly #byAgent = new Map<string, readonly Policy[]>();
  #remote: readonly Policy[] = NO_POLICIES;

  /**
   * @param option path of a policies.json, or its parsed content
   * @param place what gave it, for messages
   * @throws OptionsError or PolicyError when it is none
   */
  constructor(option: string | object | undefined, faults: Faults, place = 'The option "policies"') {
    this.#given = option === undefined || typeof option === "string" ? NO_POLICIES : parsePolicies(option, place);
    if (typeof option !== "string") return;
    this.#file = new WatchedFile({
      path: option,
      place,
      what: "policies",
      without: "runs go without its policies",
      none: NO_POLICIES,
      parse: parsePolicies,
      faults,
    });
  }

  /** @throws PolicyError naming what is not valid */
  add(options: PolicyOptions): void {
    if (!isRecord(options)) throw new PolicyError("addPolicy: a policy is an object with name, condition and action.");
    const { agentId, onUnpriced, ...rest } = options;
    this.#added.push(
      parsePolicy(
        {
          ...withoutUndefined(rest),
          ...withoutUndefined({ agent_id: agentId, on_unpriced: onUnpriced }),
        },
        "addPolicy",
      ),
    );
    this.#byAgent.clear();
  }

  /** In the order in which they act; the same list while nothing changes. */
  for(agent_id: string): readonly Policy[] {
    const remote = this.#file?.content ?? NO_POLICIES;
    if (remote !== this.#remote) {
      this.#remote = remote;
      this.#byAgent.clear();
    }
    let policies = this.#byAgent.get(agent_id);
    if (policies === undefined) {
      policies = policiesFor(agent_id, [...this.#added, ...this.#given], remote);
      if (this.#byAgent.size >= MOST_AGENTS) this.#byAgent.clear();
      this.#byAgent.set(agent_id, policies);
    }
    return policies;
  }
}

/** Agents whose list is kept; a program with more of them sorts anew from time to time. */
const MOST_AGENTS = 1000;

function withoutUndefined(record: object): object {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
}
