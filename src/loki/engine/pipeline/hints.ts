import { namesOf } from "../ast/labelFilter";
import type { Stage, Unwrap } from "../ast/log";
import type { Grouping } from "../ast/metric";
import { ERROR } from "./lineLabels";

/** What a query needs of the fields of a line. */
export interface Hints {
  /** Labels to read; undefined for all of them. */
  readonly required: ReadonlySet<string> | undefined;
  /** The query never looks at a parsed label, so lines are not parsed, and broken ones raise no error. */
  readonly nothing: boolean;
  /** The query looks at `__error__`. */
  readonly preserve: boolean;
}

export const ALL_FIELDS: Hints = { required: undefined, nothing: false, preserve: false };

/**
 * What a metric query needs, as Loki works it out: everything unless its samples are grouped by names. Groups of an
 * outer `sum` count where it takes over the grouping.
 */
export function hintsOf(stages: readonly Stage[], grouping: Grouping | undefined, unwrap: Unwrap | undefined): Hints {
  const names = [
    ...stages.flatMap((stage) => (stage.kind === "labels" ? namesOf(stage.filter) : [])),
    ...(unwrap?.filters.flatMap(namesOf) ?? []),
    ...(grouping?.labels ?? []),
    ...(unwrap === undefined ? [] : [unwrap.label]),
  ];
  const required = new Set(names.flatMap((name) => [name, name.replace(/_extracted$/, "")]));
  const preserve = required.has(ERROR);
  if (grouping !== undefined && !grouping.without && grouping.labels.length === 0) {
    return required.size > 0
      ? { required, nothing: false, preserve }
      : { required: undefined, nothing: true, preserve };
  }
  if (grouping === undefined || grouping.without || grouping.labels.length === 0) return ALL_FIELDS;
  return { required, nothing: false, preserve };
}
