import OpenAI from "openai";
import OpenAI7 from "openai-7";
import { isOpenAI } from "../../openai";

/** The class `OpenAI` of one version of the package. */
export interface OpenAIMajor {
  readonly version: string;
  /** Typed as version 6: what programs of tests use of it is the same in both. */
  readonly OpenAI: typeof OpenAI;
}

const isClient = (value: unknown): value is typeof OpenAI => isOpenAI(value);

/** Every major version of openai that tests run with. */
export const OPENAI_MAJORS: readonly OpenAIMajor[] = Object.entries({ 6: OpenAI, 7: OpenAI7 }).map(
  ([version, found]: readonly [string, unknown]) => {
    if (!isClient(found)) throw new Error(`openai ${version} has no class OpenAI`);
    return { version, OpenAI: found };
  },
);
