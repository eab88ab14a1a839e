import { css, cx } from "@emotion/css";
import type { GrafanaTheme2, IconName } from "@grafana/data";
import { Icon, RadioButtonGroup, useStyles2 } from "@grafana/ui";
import type { ReactNode } from "react";
import { type Page, useEnvironment, useLink } from "../components/environment";
import { t } from "../components/text";
import { THEME_CHOICES, type ThemeChoice } from "./theme";

const ITEMS = (): readonly { readonly page: Page; readonly text: string; readonly icon: IconName }[] => [
  { page: "overview", text: t("navigation.overview", "Overview"), icon: "home-alt" },
  { page: "runs", text: t("navigation.runs", "Runs"), icon: "list-ul" },
  { page: "signals", text: t("navigation.signals", "Signals"), icon: "exclamation-triangle" },
  { page: "agents", text: t("navigation.agents", "Agents"), icon: "users-alt" },
  { page: "detectors", text: t("navigation.detectors", "Detectors"), icon: "sliders-v-alt" },
  { page: "configuration", text: t("navigation.configuration", "Configuration"), icon: "cog" },
];

/** Views without an entry of their own belong to this one. */
const PARENT: Partial<Record<Page, Page>> = { run: "runs", compare: "runs", agent: "agents" };

export interface NavigationProps {
  readonly choice: ThemeChoice;
  readonly onChoose: (choice: ThemeChoice) => void;
  readonly version: string;
  readonly children: ReactNode;
}

/** The frame of the local page: the views along the top, and the theme. */
export function Navigation({ choice, onChoose, version, children }: NavigationProps) {
  const styles = useStyles2(stylesOf);
  const { location } = useEnvironment();
  const link = useLink();
  const current = PARENT[location.page] ?? location.page;
  const names: Record<ThemeChoice, string> = {
    system: t("navigation.system", "Auto"),
    light: t("navigation.light", "Light"),
    dark: t("navigation.dark", "Dark"),
  };
  return (
    <div className={styles.page}>
      <button type="button" className={styles.skip} onClick={() => document.getElementById("content")?.focus()}>
        {t("navigation.skip", "Skip to content")}
      </button>
      <header className={styles.header}>
        <a className={styles.brand} href={link({ page: "overview" })} title={`Dunetrace ${version}`}>
          Dunetrace
        </a>
        <nav className={styles.nav} aria-label={t("navigation.views", "Views")}>
          {ITEMS().map(({ page, text, icon }) => (
            <a
              key={page}
              href={link({ page })}
              aria-current={page === current ? "page" : undefined}
              className={cx(styles.item, page === current && styles.current)}
            >
              <Icon name={icon} size="sm" />
              {text}
            </a>
          ))}
        </nav>
        <RadioButtonGroup
          size="sm"
          aria-label={t("navigation.theme", "Theme")}
          value={choice}
          onChange={onChoose}
          options={THEME_CHOICES.map((value) => ({ value, label: names[value] }))}
        />
      </header>
      <main id="content" tabIndex={-1} className={styles.main}>
        {children}
      </main>
    </div>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  page: css({ minHeight: "100vh", color: theme.colors.text.primary }),
  skip: css({
    position: "absolute",
    left: "-9999px",
    "&:focus": { left: theme.spacing(1), top: theme.spacing(1), zIndex: 1 },
  }),
  header: css({
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    gap: theme.spacing(0.5, 2),
    padding: theme.spacing(0.5, 2),
    background: theme.colors.background.primary,
    borderBottom: `1px solid ${theme.colors.border.weak}`,
    [theme.breakpoints.down("md")]: { padding: theme.spacing(0.5, 1) },
  }),
  brand: css({ fontWeight: theme.typography.fontWeightBold, fontSize: theme.typography.h5.fontSize }),
  nav: css({ display: "flex", flexWrap: "wrap", flex: "1 1 auto" }),
  item: css({
    display: "inline-flex",
    alignItems: "center",
    gap: theme.spacing(0.5),
    padding: theme.spacing(1, 1.25),
    color: theme.colors.text.secondary,
    borderBottom: "2px solid transparent",
    "&:hover": { color: theme.colors.text.primary },
    [theme.breakpoints.down("sm")]: { padding: theme.spacing(0.75) },
  }),
  current: css({ color: theme.colors.text.primary, borderBottomColor: theme.colors.warning.main }),
  main: css({
    padding: theme.spacing(2),
    outline: "none",
    [theme.breakpoints.down("md")]: { padding: theme.spacing(1) },
  }),
});
