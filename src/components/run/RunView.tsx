import { useEffect, useRef, useState } from "react";
import type { RunAnswer } from "../../logql/ask";
import { useAsk, useEnvironment, useParams } from "../environment";
import { Empty, Failed, Loading } from "../states";
import { t } from "../text";
import { NotFound } from "./NotFound";
import { readRunParams } from "./params";
import { RunPage } from "./RunPage";

/** One run: who, what happened, why, and every step of it. It is found by its `at` whatever the time range says. */
export default function RunView() {
  const { location } = useEnvironment();
  const { id = "" } = location;
  return id === "" ? (
    <Empty isPage title={t("run.noId", "No run is named")}>
      {t("run.noIdHelp", "Open one from the list of runs.")}
    </Empty>
  ) : (
    <NamedRun key={id} run_id={id} />
  );
}

function NamedRun({ run_id }: { readonly run_id: string }) {
  const [params] = useParams();
  const { at, agent } = readRunParams(params);
  const [settled, setSettled] = useState(false);
  const { data, span, error, again } = useAsk(
    "run",
    (range) => ({ range, run_id, ...(at === undefined ? {} : { around: at }), ...(agent && { agent_id: agent }) }),
    { once: settled },
  );
  // A changed time range asks anew; what is known of the run stays until the answer is there.
  const known = useRef<RunAnswer>(undefined);
  if (data?.found !== undefined) known.current = data;
  const shown = data?.found === undefined ? known.current : data;
  const isOver = data !== undefined && isSettled(data);
  useEffect(() => setSettled(isOver), [isOver]);

  const what = t("run.what", "The run");
  if (shown?.found !== undefined) {
    return (
      <>
        {error !== undefined && <Failed what={what} error={error} again={again} stale />}
        <RunPage details={shown.found} cut={shown.cut} />
      </>
    );
  }
  if (error !== undefined) return <Failed what={what} error={error} again={again} />;
  if (data === undefined) return <Loading rows={8} />;
  return <NotFound run_id={run_id} agent={agent} span={span} at={at} />;
}

/** Nothing more will come: the run and those nested in it have ended. */
function isSettled({ found }: RunAnswer): boolean {
  if (found === undefined) return false;
  const hasEnded = (status: string): boolean => status === "completed" || status === "errored";
  return hasEnded(found.run.status) && found.children.every(({ run }) => hasEnded(run.status));
}
