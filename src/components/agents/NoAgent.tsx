import { Button } from "@grafana/ui";
import { useParams } from "../environment";
import { Empty } from "../states";
import { t } from "../text";
import { ViewLink } from "../values";

/** As far back as Loki answers by default. */
const WIDEST = "now-30d";

/** An agent without a run in the time range: too short a time, or no such agent. */
export function NoAgent({ agent_id }: { readonly agent_id: string }) {
  const [params, change] = useParams();
  const isWidest = params.from === WIDEST && params.to === "now";
  return (
    <Empty title={t("agent.none", "No run of {{agent}} in this time range", { agent: agent_id })} icon="clock-nine">
      <p>
        {isWidest
          ? t("agent.noneWide", "It did not run in the last 30 days, or its name is another one.")
          : t("agent.noneWhy", "It ran at another time, or its name is another one.")}
      </p>
      {!isWidest && (
        <p>
          <Button variant="secondary" onClick={() => change({ from: WIDEST, to: "now" })}>
            {t("agent.widen", "Show the last 30 days")}
          </Button>
        </p>
      )}
      <ViewLink to={{ page: "agents" }}>{t("agent.toAgents", "All agents of this time range")}</ViewLink>
    </Empty>
  );
}
