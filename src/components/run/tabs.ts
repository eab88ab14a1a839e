import type { KeyboardEvent } from "react";
import { t } from "../text";
import type { RunTab } from "./params";

export function titleOf(tab: RunTab): string {
  switch (tab) {
    case "timeline":
      return t("run.tab.timeline", "Timeline");
    case "steps":
      return t("run.tab.steps", "Steps");
    case "facts":
      return t("run.tab.facts", "Facts");
    case "log":
      return t("run.tab.log", "Event log");
    case "attributes":
      return t("run.tab.attributes", "Attributes");
  }
}

/** Which of `count` tabs a key leads to from the one at `index`; undefined for other keys. */
export function tabAfterKey(key: string, index: number, count: number): number | undefined {
  switch (key) {
    case "ArrowRight":
      return (index + 1) % count;
    case "ArrowLeft":
      return (index + count - 1) % count;
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return undefined;
  }
}

/** Arrow keys move the focus through the tabs, Enter opens the one that has it. */
export function moveBetweenTabs(event: KeyboardEvent<HTMLElement>): void {
  const tabs = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="tab"]')];
  const index = tabs.findIndex((tab) => tab.contains(document.activeElement));
  const next = index < 0 ? undefined : tabAfterKey(event.key, index, tabs.length);
  if (next === undefined) return;
  event.preventDefault();
  tabs[next]?.focus();
}
