import type { GrafanaTheme2 } from "@grafana/data";
import type { Severity } from "../../core/wire";

/** How a severity looks: the same everywhere. */
export interface SeverityColours {
  /** Of marks and bars. */
  readonly fill: string;
  /** Of words: at least 4.5:1 on every background of the theme. */
  readonly text: string;
}

/** The one colour scale of severities. Shadow signals have that of LOW and say `shadow`. */
export function severityColours(theme: GrafanaTheme2, severity: Severity): SeverityColours {
  const { isDark, visualization } = theme;
  const named = (dark: string, light: string) => visualization.getColorByName(isDark ? dark : light);
  switch (severity) {
    case "CRITICAL":
      return { fill: named("red", "red"), text: isDark ? named("light-red", "") : "#B3122F" };
    case "HIGH":
      return { fill: named("orange", "orange"), text: isDark ? named("orange", "") : "#A84300" };
    case "MEDIUM":
      return { fill: named("yellow", "dark-yellow"), text: isDark ? named("yellow", "") : "#7A5B00" };
    case "LOW":
      return { fill: named("light-blue", "blue"), text: isDark ? named("light-blue", "") : "#1F5FBF" };
  }
}
