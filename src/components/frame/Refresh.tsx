import { ButtonGroup, ToolbarButton } from "@grafana/ui";
import { shortDuration } from "../../core/words";
import { useEnvironment, useParams } from "../environment";
import { t } from "../text";

const OFF = "off";

export interface RefreshProps {
  /** Asks again now. */
  readonly onRefresh: () => void;
  readonly busy: boolean;
}

/** Asks again, and turns asking by itself on and off. There is one interval, so no menu of them. */
export function Refresh({ onRefresh, busy }: RefreshProps) {
  const { settings } = useEnvironment();
  const [{ refresh }, change] = useParams();
  const isOn = refresh !== OFF;
  const again = t("toolbar.refresh", "Ask again now");
  const every = shortDuration(settings.pollMs);
  const toggle = isOn
    ? t("toolbar.refreshing", "{{every}}: asks again by itself", { every })
    : t("toolbar.paused", "Paused: does not ask again by itself");
  return (
    <ButtonGroup>
      <ToolbarButton
        variant="canvas"
        icon="sync"
        aria-busy={busy}
        aria-label={again}
        tooltip={again}
        onClick={onRefresh}
      />
      <ToolbarButton
        variant="canvas"
        aria-label={toggle}
        aria-pressed={isOn}
        tooltip={toggle}
        onClick={() => change({ refresh: isOn ? OFF : undefined })}
      >
        {isOn ? every : t("toolbar.off", "Paused")}
      </ToolbarButton>
    </ButtonGroup>
  );
}
