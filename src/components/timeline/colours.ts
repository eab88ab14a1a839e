import type { GrafanaTheme2 } from "@grafana/data";
import type { ItemKind } from "./item";

export interface KindColours {
  /** Of bars: at least 3:1 against the background. */
  readonly fill: string;
  /** Of words on the fill: at least 4.5:1. */
  readonly on: string;
}

/**
 * Hues of the kinds: violet, teal, blue and grey differ for colour-blind eyes in hue or lightness, and none is near red.
 * The theme has no violet of this calm and no teal, so these are values of our own.
 */
export function kindColours({ isDark, visualization }: GrafanaTheme2, kind: ItemKind): KindColours {
  switch (kind) {
    case "llm":
      return isDark ? { fill: "#A08CE0", on: "#111217" } : { fill: "#7A5FD0", on: "#FFFFFF" };
    case "tool":
      return isDark ? { fill: "#3FA7A0", on: "#111217" } : { fill: "#167F76", on: "#FFFFFF" };
    case "retrieval":
      return isDark
        ? { fill: visualization.getColorByName("blue"), on: "#111217" }
        : { fill: "#2A68C8", on: "#FFFFFF" };
    case "span":
      return isDark ? { fill: "#8E939F", on: "#111217" } : { fill: "#6A6F7B", on: "#FFFFFF" };
  }
}
