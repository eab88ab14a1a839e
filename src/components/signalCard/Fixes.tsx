import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { Button, ClipboardButton, useStyles2 } from "@grafana/ui";
import { useState } from "react";
import type { Fix } from "../../core/detectors";
import { t } from "../text";

/** What to do, best first: each in a sentence, its code one click away. */
export function Fixes({ fixes }: { readonly fixes: readonly Fix[] }) {
  const styles = useStyles2(stylesOf);
  return (
    <ol className={styles.list} data-single={fixes.length === 1}>
      {fixes.map((fix, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the list of one signal does not change its order
        <FixItem key={index} fix={fix} />
      ))}
    </ol>
  );
}

function FixItem({ fix }: { readonly fix: Fix }) {
  const styles = useStyles2(stylesOf);
  const [open, setOpen] = useState(false);
  return (
    <li className={styles.item}>
      {fix.description}{" "}
      {fix.code !== "" && (
        <span className={styles.buttons}>
          <Button variant="secondary" fill="text" size="sm" aria-expanded={open} onClick={() => setOpen(!open)}>
            {nameOf(fix.language)}
          </Button>
          <ClipboardButton
            getText={() => fix.code}
            icon="copy"
            size="sm"
            variant="secondary"
            fill="text"
            aria-label={t("signalCard.copyFix", "Copy: {{what}}", { what: fix.description })}
          />
        </span>
      )}
      {open && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        <pre className={styles.code} tabIndex={0}>
          {fix.code}
        </pre>
      )}
    </li>
  );
}

function nameOf(language: Fix["language"]): string {
  switch (language) {
    case "typescript":
      return t("signalCard.code", "Code");
    case "text":
      return t("signalCard.prompt", "Prompt");
    case "yaml":
      return t("signalCard.policy", "As a policy");
  }
}

const stylesOf = (theme: GrafanaTheme2) => ({
  list: css({
    margin: 0,
    paddingLeft: theme.spacing(2.5),
    "&[data-single=true]": { listStyle: "none", paddingLeft: 0 },
  }),
  item: css({ overflowWrap: "anywhere" }),
  buttons: css({ whiteSpace: "nowrap" }),
  code: css({ maxHeight: "24em", overflow: "auto", margin: theme.spacing(0.5, 0), whiteSpace: "pre" }),
});
