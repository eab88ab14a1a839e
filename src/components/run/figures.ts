import type { Run } from "../../core/run";
import { costOf, duration, NO_DATA, NOTHING, tokensOf, UNPRICED } from "../../core/words";
import { t } from "../text";

/** A number of the head with the word it stands for. */
export interface Figure {
  readonly value: string;
  readonly label: string;
}

/** How much a run took, as the line below its name says: `41.2 s duration`, `23 steps`, `18.2k tokens`, `$0.12 cost`. */
export function figuresOf({ facts }: Pick<Run, "facts">): readonly Figure[] {
  const tokens = tokensOf(facts);
  const cost = costOf(facts);
  return [
    { value: duration(facts.duration_ms), label: t("run.duration", "duration") },
    {
      value: facts.steps.toLocaleString("en-US"),
      label: facts.steps === 1 ? t("run.step", "step") : t("run.steps", "steps"),
    },
    ...(tokens === NOTHING
      ? []
      : [
          tokens === NO_DATA
            ? { value: t("run.tokensNoData", "tokens"), label: tokens }
            : { value: tokens, label: t("run.tokens", "tokens") },
        ]),
    ...(cost === NOTHING
      ? []
      : [
          cost === NO_DATA || cost === UNPRICED
            ? { value: t("run.costNoData", "cost"), label: cost }
            : { value: cost, label: t("run.cost", "cost") },
        ]),
  ];
}
