import type { IconName } from "@grafana/data";
import type { RunStatus } from "../../core/run";
import { t } from "../text";

/** How the state of a run looks in a narrow list: an icon, its tone, its word. */
export function runState(status: RunStatus): {
  readonly icon: IconName;
  readonly colour: "failure" | "calm" | "live";
  readonly word: string;
} {
  switch (status) {
    case "completed":
      return { icon: "check", colour: "calm", word: t("overview.completed", "completed") };
    case "errored":
      return { icon: "times-circle", colour: "failure", word: t("overview.errored", "failed") };
    case "stalled":
      return { icon: "pause", colour: "calm", word: t("overview.stalled", "stalled") };
    case "running":
      return { icon: "play", colour: "live", word: t("overview.running", "running") };
  }
}
