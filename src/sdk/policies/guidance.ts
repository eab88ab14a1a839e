import type { Policy } from "../../core/policies";
import { sayOnce } from "../notices";

/** What policies ask of the next model calls of a run, until somebody reads it. */
export class Guidance {
  #model: string | undefined;
  readonly #prompts: string[] = [];
  /** Policies whose action nobody has read yet. */
  readonly #unread = new Map<"model" | "prompt", string>();

  /** The model that a policy switched to; undefined while none did. */
  get model(): string | undefined {
    if (this.#model !== undefined) this.#unread.delete("model");
    return this.#model;
  }

  /** The next text that a policy wants in front of the model, once. */
  popPrompt(): string | undefined {
    const prompt = this.#prompts.shift();
    if (prompt !== undefined && this.#prompts.length === 0) this.#unread.delete("prompt");
    return prompt;
  }

  take({ name, action }: Policy): void {
    if (action.type === "switch_model") {
      this.#model = action.params.model;
      this.#unread.set("model", name);
    } else if (action.type === "inject_prompt") {
      this.#prompts.push(action.params.prompt);
      this.#unread.set("prompt", name);
    }
  }

  /** Says once per policy that its action reached no model call. A run that ended right after it had none to reach. */
  warnOfUnread(hadCallsSince: boolean): void {
    if (!hadCallsSince) return;
    const model = this.#unread.get("model");
    const prompt = this.#unread.get("prompt");
    if (model !== undefined) {
      sayOnce(
        `the policy "${model}" switched the model, but nothing read it: use a wrapped client, or run.modelOverride for the next call.`,
      );
    }
    if (prompt !== undefined) {
      sayOnce(
        `the policy "${prompt}" injected a prompt, but nothing read it: use a wrapped client, or run.popPromptAddition() before the next call.`,
      );
    }
  }
}
