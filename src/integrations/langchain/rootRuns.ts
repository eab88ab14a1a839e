import type { Dunetrace } from "../../sdk";
import type { LangChainOptions } from "./options";
import { RootRun, type RootStart, type Work } from "./rootRun";

/** Root runs that are open at once; a stream that its reader leaves never ends, and is let go as aborted beyond this. */
const MOST_ROOTS = 1000;

/** The root runs at work, found by the id of any component below them. */
export class RootRuns {
  readonly #dt: Dunetrace;
  readonly #options: LangChainOptions;
  readonly #roots = new Set<RootRun>();
  readonly #byId = new Map<string, RootRun>();

  constructor(dt: Dunetrace, options: LangChainOptions) {
    this.#dt = dt;
    this.#options = options;
  }

  /** The root run a component belongs to. */
  of(id: string): RootRun | undefined {
    return this.#byId.get(id);
  }

  /** The root run a new component belongs to; a component whose parent is not known becomes one. */
  under(parentId: string | undefined, start: () => RootStart): { readonly root: RootRun; readonly isNew: boolean } {
    const known = parentId === undefined ? undefined : this.#byId.get(parentId);
    if (known !== undefined) return { root: known, isNew: false };
    const root = new RootRun(this.#dt, this.#options, start());
    this.#roots.add(root);
    this.#byId.set(root.id, root);
    this.#letGo();
    return { root, isNew: true };
  }

  begin(id: string, root: RootRun, work: Work): void {
    this.#byId.set(id, root);
    root.works.set(id, work);
  }

  /** Takes a component out that has ended; undefined when there is none of that kind. */
  end(id: string, kind: Work["kind"]): Work | undefined {
    const root = this.#byId.get(id);
    const work = root?.works.get(id);
    if (root === undefined || work?.kind !== kind) return undefined;
    root.works.delete(id);
    if (id !== root.id) this.#byId.delete(id);
    return work;
  }

  /** Forgets a root run and all below it. */
  forget(root: RootRun): void {
    this.#roots.delete(root);
    for (const id of root.works.keys()) this.#byId.delete(id);
    this.#byId.delete(root.id);
    root.close();
  }

  #letGo(): void {
    if (this.#roots.size <= MOST_ROOTS) return;
    for (const oldest of this.#roots) {
      this.forget(oldest);
      oldest.run.end({ exitReason: "aborted" });
      return;
    }
  }
}
