/**
 * Deletes entries from a list for as long as it still fails, in ever smaller pieces, so that a person sees the least
 * that shows a fault.
 */
export function shrink<T>(failing: readonly T[], fails: (fewer: readonly T[]) => boolean): readonly T[] {
  let kept = failing;
  for (let size = Math.ceil(kept.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    let deleted = true;
    while (deleted) {
      deleted = false;
      for (let from = 0; from < kept.length; ) {
        const fewer = [...kept.slice(0, from), ...kept.slice(from + size)];
        if (fails(fewer)) {
          kept = fewer;
          deleted = true;
        } else from += size;
      }
    }
  }
  return kept;
}
