import { MAX_NAME_LENGTH } from "./line";

const AGENT_ID = /^[A-Za-z0-9_.:-]{1,128}$/;

/**
 * Makes an agent id fit to be a Loki label: `[A-Za-z0-9_.:-]{1,128}`. Anything else becomes `_`, the rest is cut.
 *
 * @example agentIdOf("support bot/eu") // "support_bot_eu"
 */
export function agentIdOf(text: string): string {
  if (AGENT_ID.test(text)) return text;
  const clean = text.slice(0, 128).replace(/[^A-Za-z0-9_.:-]/g, "_");
  return clean === "" ? "_" : clean;
}

/** Cuts a free string (name, model, id) to 256 UTF-16 code units. */
export function cutName(text: string): string {
  return text.length <= MAX_NAME_LENGTH ? text : cutText(text, MAX_NAME_LENGTH);
}

/** The start of a text: at most so many UTF-16 code units, never half a surrogate pair. */
export function cutText(text: string, length: number): string {
  if (text.length <= length) return text;
  const last = text.charCodeAt(length - 1);
  const splitsPair = last >= 0xd800 && last <= 0xdbff;
  return text.slice(0, splitsPair ? length - 1 : length);
}
