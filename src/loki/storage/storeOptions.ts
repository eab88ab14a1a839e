import type { Refusal } from "./accept";
import type { WriteCall } from "./diskFile";

export const MIB = 1024 * 1024;

export const STORE_DEFAULTS = {
  /** Of a store on disk. */
  maxBytes: 4096 * MIB,
  /** Of a store in memory. */
  maxMemoryBytes: 512 * MIB,
  retentionMs: 7 * 24 * 3_600_000,
  /** For blocks of lines that were read; the places of lines take a quarter of this on top. */
  cacheBytes: 128 * MIB,
} as const;

export interface StoreOptions {
  /** The folder; without one everything is in memory. */
  readonly dir?: string;
  /** Hours that ended before so many ms are removed; Infinity keeps them. */
  readonly retentionMs?: number;
  /** Of lines and their index; the oldest hours go when there is more. */
  readonly maxBytes?: number;
  /** Memory for what was read from disk. */
  readonly cacheBytes?: number;
  /** Takes lines of any age and order, and keeps them whatever their age: for files that were written at any time. */
  readonly anyTime?: boolean;
  /** Wall clock, ms since the epoch. */
  readonly clock: () => number;
  /** Told what was damaged, removed or could not be written. */
  readonly report?: (message: string) => void;
  readonly write?: WriteCall;
}

/** What became of a push. */
export interface PushResult {
  /** Lines that are new in the store. */
  readonly stored: number;
  /** Lines that were there already. */
  readonly duplicates: number;
  /** Why others were refused; all valid lines are stored nevertheless. */
  readonly refusals: readonly Refusal[];
}

/** What there is of some streams in some time. */
export interface Volume {
  readonly streams: number;
  readonly chunks: number;
  readonly bytes: number;
  readonly entries: number;
}
