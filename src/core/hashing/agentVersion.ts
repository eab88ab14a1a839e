import { compareCodePoints, pythonListRepr } from "./pythonRepr";

/** What makes up a version of an agent. */
export interface AgentFingerprint {
  /** "" when there is none. */
  readonly systemPrompt?: string | undefined;
  /** "unknown" when there is none. */
  readonly model?: string | undefined;
  /** Names of the declared tools, in any order. */
  readonly tools?: readonly string[] | undefined;
}

/**
 * The version of an agent whose author names none: first 8 hex of the SHA-256 over `system_prompt:model:tools`, the tools
 * sorted by code point and written as Python writes a list. The Python package computes the same, so both see one version.
 *
 * @param sha256 full lower-case hex SHA-256 of the UTF-8 text; never keyed
 * @example agentVersion({ model: "gpt-4o", tools: ["web_search"] }, sha256Hex)
 */
export function agentVersion(fingerprint: AgentFingerprint, sha256: (text: string) => string): string {
  const { systemPrompt = "", model = "unknown", tools = [] } = fingerprint;
  const sorted = [...tools].sort(compareCodePoints);
  return sha256(`${systemPrompt}:${model}:${pythonListRepr(sorted)}`).slice(0, 8);
}
