import { argumentsText, type Hash } from "../core/hashing";
import type { Reduction } from "../core/wire";
import { nodeHash } from "./hashing";

/** Content that Python 0.4 and later write becomes hashes of this kind while it is read. */
export const reductionWith = (hash: Hash): Reduction => ({ hash, argumentsText });

/** Plain hashes, for whoever reads lines that others wrote. */
export const REDUCTION: Reduction = reductionWith(nodeHash());
