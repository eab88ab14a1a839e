import type { FactName, Facts } from "../../core/facts/facts";
import { costOf, dollars, factValue, NO_DATA, percent, tokensOf } from "../../core/words";
import { t } from "../text";

/** A number of two runs side by side. */
export interface ComparedFigure {
  readonly name: string;
  readonly a: string;
  readonly b: string;
  /** How b stands against a; undefined where nothing can be said, or where more is neither better nor worse. */
  readonly verdict: "better" | "worse" | "same" | undefined;
  /** "−23.0 %" */
  readonly change: string | undefined;
}

type Numbers = Pick<
  Facts,
  | "duration_ms"
  | "active_ms"
  | "steps"
  | "llm_calls"
  | "tool_calls"
  | "tool_failures"
  | "total_tokens"
  | "cost_usd"
  | "unmetered_llm_calls"
  | "unpriced_llm_calls"
>;

/** What two runs took: less time, money and failure is better; more work is neither. Sums with a gap on either side are not judged. */
export function comparedFigures(a: Numbers, b: Numbers): readonly ComparedFigure[] {
  const plain = (name: keyof Numbers, title: string): ComparedFigure => figure(title, a[name], b[name], shown(name));
  return [
    plain("duration_ms", t("compare.duration", "Duration")),
    plain("active_ms", t("compare.active", "Duration without waits for people")),
    neither(plain("steps", t("compare.steps", "Steps"))),
    neither(plain("llm_calls", t("compare.llmCalls", "LLM calls"))),
    neither(plain("tool_calls", t("compare.toolCalls", "Tool calls"))),
    plain("tool_failures", t("compare.failures", "Failed tool calls")),
    a.unmetered_llm_calls + b.unmetered_llm_calls > 0
      ? unjudged(t("compare.tokens", "Tokens"), tokensOf(a), tokensOf(b))
      : plain("total_tokens", t("compare.tokens", "Tokens")),
    a.unpriced_llm_calls + b.unpriced_llm_calls > 0
      ? unjudged(t("compare.cost", "Cost"), costOf(a), costOf(b))
      : figure(t("compare.cost", "Cost"), a.cost_usd, b.cost_usd, dollars),
  ];
}

const shown =
  (name: FactName) =>
  (value: number): string =>
    factValue(name, value);

/** The work may have asked for more: a change, but no verdict. */
const neither = ({ verdict, ...texts }: ComparedFigure): ComparedFigure => ({
  ...texts,
  verdict: verdict === "same" ? verdict : undefined,
});

const unjudged = (name: string, a: string, b: string): ComparedFigure => ({
  name,
  a,
  b,
  verdict: undefined,
  change: undefined,
});

function figure(
  name: string,
  a: number | undefined,
  b: number | undefined,
  show: (value: number) => string,
): ComparedFigure {
  const texts = { name, a: a === undefined ? NO_DATA : show(a), b: b === undefined ? NO_DATA : show(b) };
  if (a === undefined || b === undefined) return { ...texts, verdict: undefined, change: undefined };
  if (a === b) return { ...texts, verdict: "same", change: undefined };
  return { ...texts, verdict: b < a ? "better" : "worse", change: changeText(a, b) };
}

/** The change from a to b; undefined from 0, which has no share. */
export function changeText(a: number, b: number): string | undefined {
  if (a === 0) return undefined;
  const share = (b - a) / Math.abs(a);
  return `${share < 0 ? "−" : "+"}${percent(Math.abs(share))}`;
}
