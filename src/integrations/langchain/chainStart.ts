const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const isRunId = (value: unknown): value is string => typeof value === "string" && UUID.test(value);
const isName = (value: unknown): value is string => typeof value === "string" && value !== "";

/** What a chain is started with, apart from its inputs. */
export interface ChainStart {
  readonly parentRunId: string | undefined;
  readonly name: string | undefined;
  readonly metadata: unknown;
}

/**
 * Reads the arguments of `handleChainStart` after the run's id. LangChain calls it with (parentRunId, tags, metadata,
 * runType, runName); its types, and so programs that call handlers themselves, say (runType, tags, metadata, runName,
 * parentRunId). Ids of runs tell the two apart.
 */
export function chainStartOf(
  fourth: string | undefined,
  metadata: unknown,
  seventh: string | undefined,
  eighth: string | undefined,
): ChainStart {
  const isAsTyped = isRunId(eighth) || (isName(fourth) && !isRunId(fourth));
  const [parentRunId, name] = isAsTyped ? [eighth, seventh] : [fourth, eighth];
  return {
    parentRunId: isName(parentRunId) ? parentRunId : undefined,
    name: isName(name) ? name : undefined,
    metadata,
  };
}
