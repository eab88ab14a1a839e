/** What is known of a data source before it is loaded. */
export interface Candidate {
  readonly uid: string;
  readonly name: string;
  readonly isDefault?: boolean | undefined;
}

/** Who names a data source, the nearest to the reader first; each may name one that is gone. */
export interface Wishes {
  readonly address: string | undefined;
  readonly remembered: string | undefined;
  readonly configured: string | undefined;
}

/** The data source that is shown; undefined when there is none. */
export function chooseDatasource<C extends Candidate>(
  candidates: readonly C[],
  { address, remembered, configured }: Wishes,
): C | undefined {
  const named = [address, remembered, configured].flatMap((uid) => candidates.filter((one) => one.uid === uid));
  return named[0] ?? candidates.find(({ isDefault }) => isDefault === true) ?? candidates[0];
}
