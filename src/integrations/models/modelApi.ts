import type { LlmAnswer } from "../../sdk";
import type { Fields } from "./values";

/** Reads the pieces of a streamed answer. */
export interface StreamReader {
  /**
   * Takes the next piece.
   *
   * @returns whether it holds a part of the answer, such as text or the arguments of a tool
   */
  read(piece: unknown): boolean;
  /** What is known so far; output only when the answer is whole. */
  answer(): LlmAnswer;
}

/** A wish for the tokens of a stream that the program did not have. */
export interface StreamUsage {
  /** The request with the wish in it; undefined when it needs none. The request itself is not changed. */
  readonly ask: (request: Fields) => Fields | undefined;
  /**
   * Takes out of a piece what only the wish put there.
   *
   * @returns whether the whole piece is there for it
   */
  readonly takeOut: (piece: unknown) => boolean;
}

/** One API of a provider that calls models by a `create` method. */
export interface ModelApi {
  /** What is known of an answer that is not streamed. */
  readonly answer: (result: unknown) => LlmAnswer;
  readonly streamReader: () => StreamReader;
  /**
   * The request with texts of policies put in front of it; the request itself is not changed. Undefined when it has no
   * place for them.
   */
  readonly inject: (request: Fields, prompts: readonly string[]) => Fields | undefined;
  /** Where streams tell their tokens only to those who ask, and that is wanted. */
  readonly streamUsage?: StreamUsage;
}
