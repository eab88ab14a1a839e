import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { useStyles2 } from "@grafana/ui";
import type { FocusEventHandler, ReactNode } from "react";

export interface LabelledProps {
  /** Of the control. */
  readonly id: string;
  readonly label: string;
  readonly onFocus?: FocusEventHandler;
  readonly children: ReactNode;
}

/** A control whose name is heard but not shown: its placeholder or value says the same to the eye. */
export function Labelled({ id, label, onFocus, children }: LabelledProps) {
  const styles = useStyles2(stylesOf);
  return (
    <div className={styles.box} onFocusCapture={onFocus}>
      <label className="sr-only" htmlFor={id}>
        {label}
      </label>
      {children}
    </div>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  // 400 px wide pages: a long choice must not push the page.
  // Boxes for several values are a little lower than those for one.
  box: css({ position: "relative", maxWidth: "100%", "& > label + div > div": { minHeight: theme.spacing(4) } }),
});
