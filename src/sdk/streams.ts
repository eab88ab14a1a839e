/** Whether a value is read piece by piece: reading it would consume it, and walking its inside says nothing. */
export function isStream(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  try {
    return "pipe" in value || "getReader" in value || Symbol.asyncIterator in value;
  } catch {
    // A proxy of the application threw.
    return true;
  }
}
