import { createTheme, type GrafanaTheme2 } from "@grafana/data";
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { localStore } from "./localStore";

export const THEME_CHOICES = ["system", "light", "dark"] as const;
export type ThemeChoice = (typeof THEME_CHOICES)[number];

const KEY = "theme";
/** Roboto Mono comes with a Grafana; here it would have to come over the network. */
const MONOSPACE = "ui-monospace, 'SFMono-Regular', Menlo, Consolas, 'DejaVu Sans Mono', monospace";
const isChoice = (text: string | undefined): text is ThemeChoice => THEME_CHOICES.some((known) => known === text);

const darkQuery = window.matchMedia("(prefers-color-scheme: dark)");
const subscribe = (changed: () => void): (() => void) => {
  darkQuery.addEventListener("change", changed);
  return () => darkQuery.removeEventListener("change", changed);
};

/** The theme that the address names, else the one that was chosen here before, else that of the system. */
export function useThemeChoice(named: string | undefined): {
  readonly theme: GrafanaTheme2;
  readonly choice: ThemeChoice;
  readonly choose: (choice: ThemeChoice) => void;
} {
  const [chosen, setChosen] = useState<ThemeChoice>(() => {
    const stored = localStore.get(KEY);
    return isChoice(stored) ? stored : "system";
  });
  const choice = isChoice(named) ? named : chosen;
  const isDark = useSyncExternalStore(subscribe, () => darkQuery.matches);
  const mode = choice === "system" ? (isDark ? "dark" : "light") : choice;
  const theme = useMemo(
    () => createTheme({ colors: { mode }, typography: { fontFamilyMonospace: MONOSPACE } }),
    [mode],
  );
  useEffect(() => {
    document.documentElement.style.colorScheme = mode;
    document.body.style.background = theme.colors.background.canvas;
  }, [mode, theme]);
  const choose = useCallback((next: ThemeChoice) => {
    localStore.set(KEY, next);
    setChosen(next);
  }, []);
  return { theme, choice, choose };
}
