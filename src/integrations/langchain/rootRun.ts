import type { Dunetrace, LlmCall, RetrievalCall, RunContext, ToolCall } from "../../sdk";
import { PolicyViolation } from "../../sdk";
import { property } from "../models/values";
import { fixedOptions, type LangChainOptions } from "./options";

/** What a root run is opened with. */
export interface RootStart {
  readonly id: string;
  readonly name: string | undefined;
  readonly metadata: unknown;
  readonly input: unknown;
}

/** A component that is at work. */
export type Work =
  | { readonly kind: "chain" }
  | {
      readonly kind: "llm";
      readonly call: LlmCall;
      readonly started: number;
      readonly uncover: (() => void) | undefined;
    }
  | { readonly kind: "tool"; readonly call: ToolCall }
  | { readonly kind: "retrieval"; readonly call: RetrievalCall };

/** Names that LangChain gives what has none of its own. */
const GENERIC = /^(Runnable|LangGraph$|AgentExecutor$|ChannelWrite|__)/;
const SESSION = ["thread_id", "session_id", "conversation_id", "langfuse_session_id"];
const USER = ["user_id", "langfuse_user_id"];

function firstText(metadata: unknown, names: readonly string[]): string | undefined {
  return names.map((name) => property(metadata, name)).find((value) => typeof value === "string");
}

/** One root run of LangChain with all that works below it. */
export class RootRun {
  readonly id: string;
  readonly run: RunContext;
  /** Components at work by their ids, the root among them. */
  readonly works = new Map<string, Work>();
  /** ms until the first piece of a streamed answer, by the id of its call. */
  readonly firstTokens = new Map<string, number>();
  /** Whether a component below asked a person something: the run has not answered then. */
  paused = false;
  #violation: PolicyViolation | undefined;

  constructor(dt: Dunetrace, options: LangChainOptions, { id, name, metadata, input }: RootStart) {
    this.id = id;
    const ownName = name === undefined || GENERIC.test(name) ? undefined : name;
    this.run = dt.startRun(options.agentId ?? ownName, {
      ...fixedOptions(options),
      runId: id,
      traceId: id.replaceAll("-", ""),
      userInput: input,
      sessionId: firstText(metadata, SESSION),
      userId: firstText(metadata, USER),
      source: "langchain",
    });
  }

  /** Tells something; what a policy throws there is thrown again by all that starts after it. */
  tell<T>(act: () => T): T {
    try {
      return act();
    } catch (error) {
      if (error instanceof PolicyViolation) this.#violation ??= error;
      throw error;
    }
  }

  /**
   * To be called before a component starts: tool nodes catch what is thrown in tools, and the graph would go on.
   *
   * @throws PolicyViolation when a policy has stopped the run
   */
  mayGoOn(): void {
    if (this.#violation !== undefined) throw this.#violation;
  }

  /** Lets go of what never ended. */
  close(): void {
    for (const work of this.works.values()) if (work.kind === "llm") work.uncover?.();
    this.works.clear();
    this.firstTokens.clear();
  }
}
