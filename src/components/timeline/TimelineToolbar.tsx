import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { Button, ButtonGroup, Icon, InlineSwitch, Input, useStyles2 } from "@grafana/ui";
import type { KeyboardEvent, RefObject } from "react";
import { t } from "../text";
import { CLOSER, WIDER, type WindowState } from "./useWindow";
import { zoomPercent } from "./window";

interface TimelineToolbarProps {
  readonly field: RefObject<HTMLInputElement>;
  readonly looked: string;
  readonly found: number;
  readonly onLook: (looked: string) => void;
  /** Goes to the next match, or the one before. */
  readonly onNext: (direction: 1 | -1) => void;
  /** Leaves the field. */
  readonly onLeave: () => void;
  readonly view: WindowState;
  readonly innerCount: number;
  readonly showInner: boolean;
  readonly onShowInner: ((shown: boolean) => void) | undefined;
}

/** Find, inner steps, zoom. */
export function TimelineToolbar(props: TimelineToolbarProps) {
  const { field, looked, found, onLook, onNext, onLeave, view, innerCount, showInner, onShowInner } = props;
  const styles = useStyles2(stylesOf);
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === "Enter") onNext(event.shiftKey ? -1 : 1);
    else if (event.key === "Escape") {
      onLook("");
      onLeave();
    } else if (event.key === "ArrowDown") onLeave();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className={styles.bar}>
      <div className={styles.find}>
        <Input
          ref={field}
          value={looked}
          prefix={<Icon name="search" />}
          suffix={looked.trim() === "" ? "/" : t("timeline.find.count", "{{found}} found", { found })}
          placeholder={t("timeline.find.hint", "Find a step")}
          aria-label={t("timeline.find.label", "Find a step by name, kind, error or hash")}
          onChange={(event) => onLook(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
      </div>
      {onShowInner !== undefined && innerCount > 0 && (
        <InlineSwitch
          transparent
          showLabel
          label={t("timeline.inner", "Inner steps ({{steps}})", { steps: innerCount })}
          value={showInner}
          onChange={(event) => onShowInner(event.currentTarget.checked)}
        />
      )}
      <ButtonGroup>
        <Button
          variant="secondary"
          icon="minus"
          tooltip={t("timeline.zoomOut.tip", "Show more of the run (−)")}
          aria-label={t("timeline.zoomOut.label", "Zoom out")}
          onClick={() => view.zoom(WIDER)}
        />
        <Button
          variant="secondary"
          tooltip={t("timeline.zoomAll", "Show the whole run (0)")}
          className={styles.percent}
          onClick={view.reset}
        >
          {`${zoomPercent(view.window, view.whole)} %`}
        </Button>
        <Button
          variant="secondary"
          icon="plus"
          tooltip={t("timeline.zoomIn.tip", "Look closer (+)")}
          aria-label={t("timeline.zoomIn.label", "Zoom in")}
          onClick={() => view.zoom(CLOSER)}
        />
      </ButtonGroup>
    </div>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  bar: css({
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    justifyContent: "flex-end",
    gap: theme.spacing(1),
  }),
  find: css({ flex: "0 1 240px", minWidth: 160 }),
  percent: css({ fontVariantNumeric: "tabular-nums", minWidth: 72, justifyContent: "center" }),
});
