const SECOND_NS = 1_000_000_000n;

/** A time as Loki's messages write it, to the second: `2026-11-20T10:00:00Z`. */
export function rfc3339(ts: bigint): string {
  return `${date(ts).slice(0, 19)}Z`;
}

/** A time as Go prints it: `2026-11-20 10:00:00.5 +0000 UTC`. */
export function goText(ts: bigint): string {
  const fraction = String(((ts % SECOND_NS) + SECOND_NS) % SECOND_NS)
    .padStart(9, "0")
    .replace(/0+$/, "");
  const seconds = date(ts).slice(0, 19).replace("T", " ");
  return `${seconds}${fraction === "" ? "" : `.${fraction}`} +0000 UTC`;
}

function date(ts: bigint): string {
  const seconds = ts >= 0n ? ts / SECOND_NS : (ts - SECOND_NS + 1n) / SECOND_NS;
  return new Date(Number(seconds) * 1000).toISOString();
}
