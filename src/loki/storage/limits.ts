/** Limits on what is pushed: Loki's defaults, by the names of its configuration. */
export const PUSH_LIMITS = {
  max_line_size: 262_144,
  max_label_names_per_series: 15,
  max_label_name_length: 1024,
  max_label_value_length: 2048,
  max_structured_metadata_size: 65_536,
  max_structured_metadata_entries_count: 128,
} as const;

const SECOND_NS = 1_000_000_000n;
/** `reject_old_samples_max_age`. */
export const MAX_AGE_NS = 7n * 24n * 3600n * SECOND_NS;
/** `creation_grace_period`. */
export const GRACE_NS = 600n * SECOND_NS;
/** Half of `max_chunk_age`: how far a line may lie behind the newest one of its stream. */
export const OUT_OF_ORDER_NS = 3600n * SECOND_NS;

/** Streams of a store: ten times what Loki allows by default, as they are kept for as long as their lines. */
export const MAX_STREAMS = 50_000;
