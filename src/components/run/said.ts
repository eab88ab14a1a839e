import type { Run } from "../../core/run";
import { t } from "../text";

/** Something that a run itself tells of its trouble. */
export interface Said {
  readonly key: string;
  readonly text: string;
  /** Where it happened; undefined of the run as a whole. */
  readonly step_index: number | undefined;
}

/** What the run itself knows of what went wrong: policies and outside events in their order, then the error it ended with. */
export function saidByRun({ lines }: Pick<Run, "lines">): readonly Said[] {
  return lines.flatMap((line, index): Said[] => {
    if ("unknown" in line) return [];
    const said = (text: string, step_index: number | undefined): Said[] => [{ key: String(index), text, step_index }];
    switch (line.event_type) {
      case "policy.triggered": {
        const { policy_name: policy, action_type: action, trigger, value } = line.payload;
        const watched = value === undefined ? trigger : `${trigger} ${valueText(value)}`;
        return said(
          t("run.saidPolicy", "Policy {{policy}} triggered: {{action}} ({{watched}}).", { policy, action, watched }),
          line.step_index,
        );
      }
      case "external.signal": {
        const { signal_name: name, source = "" } = line.payload;
        return said(
          source === ""
            ? t("run.saidSignal", "External signal {{name}}.", { name })
            : t("run.saidSignalOf", "External signal {{name}} from {{source}}.", { name, source }),
          line.step_index,
        );
      }
      case "run.errored": {
        const { error_type: error = "" } = line.payload;
        return error === "" ? [] : said(t("run.saidError", "The run failed with {{error}}.", { error }), undefined);
      }
      default:
        return [];
    }
  });
}

const valueText = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));
