import { parseLine } from "../../core/wire";

const CRI = /^\S+ (?:stdout|stderr) [FP] (.*)$/s;

/** Whether a text is a line of ours, be it cut off. */
export function isOurs(text: string | undefined): boolean {
  if (text === undefined) return false;
  const parsed = parseLine(text.trimEnd());
  return parsed.ok || parsed.kind === "cut" || parsed.kind === "oversized";
}

/** What a line of the CRI format holds. */
export function inCri(line: string): string | undefined {
  return CRI.exec(line)?.[1];
}

/** What a line of Docker's json-file holds. */
export function dockerLog(line: string): string | undefined {
  if (!line.startsWith('{"log":')) return undefined;
  try {
    const parsed: unknown = JSON.parse(line);
    const isEnvelope = typeof parsed === "object" && parsed !== null && "log" in parsed && "stream" in parsed;
    return isEnvelope && typeof parsed.log === "string" ? parsed.log : undefined;
  } catch {
    // Not JSON: no envelope of Docker.
    return undefined;
  }
}

/** Whether a line of a file is one of ours, but not as it was written. */
export function isBroken(line: string): boolean {
  return !parseLine(line).ok && (isOurs(line) || isOurs(inCri(line)) || isOurs(dockerLog(line)));
}
