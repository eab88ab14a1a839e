import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { LinkButton, useStyles2 } from "@grafana/ui";
import type { ReactNode } from "react";
import { type Asked, useAsk, useLink, useParams } from "../environment";
import { readTime } from "../run/params";
import { AskView, Empty } from "../states";
import { t } from "../text";
import { ViewLink } from "../values";
import { ChooseOther } from "./ChooseOther";
import { Comparison } from "./Comparison";

/** Two runs side by side: what they took, what is different, and their steps in one order. */
export default function CompareView() {
  const styles = useStyles2(stylesOf);
  const link = useLink();
  const [{ a = "", b = "", a_at, b_at }] = useParams();
  const one = useRun(a, a_at);
  const other = useRun(b, b_at);
  if (a === "") {
    return (
      <Empty isPage title={t("compare.none", "No runs to compare")} icon="columns">
        {t("compare.noneHelp", "Tick two runs in the list of runs, or open one and choose Compare.")}{" "}
        <ViewLink to={{ page: "runs" }}>{t("compare.toRuns", "To the runs")}</ViewLink>
      </Empty>
    );
  }
  const swapped = link({ page: "compare", params: { a: b, a_at: b_at, b: a, b_at: a_at } });
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <ViewLink to={{ page: "runs" }}>{t("compare.runs", "Runs")}</ViewLink> <span aria-hidden="true">/</span>
        <h1 className={styles.title}>{t("compare.title", "Compare two runs")}</h1>
        {b !== "" && (
          <LinkButton variant="secondary" size="sm" icon="exchange-alt" href={swapped}>
            {t("compare.swap", "Swap")}
          </LinkButton>
        )}
      </header>
      <Found id={a} asked={one}>
        {(first) =>
          b === "" ? (
            <ChooseOther run={first.run} />
          ) : (
            <Found id={b} asked={other}>
              {(second) => <Comparison a={first} b={second} />}
            </Found>
          )
        }
      </Found>
    </div>
  );
}

function useRun(run_id: string, time: string | undefined): Asked<"run"> {
  const at = readTime(time);
  return useAsk("run", (range) => ({ range, run_id, ...(at === undefined ? {} : { around: at }) }), {
    once: true,
    skip: run_id === "",
  });
}

type Details = NonNullable<NonNullable<Asked<"run">["data"]>["found"]>;

interface FoundProps {
  readonly id: string;
  readonly asked: Asked<"run">;
  readonly children: (details: Details) => ReactNode;
}

function Found({ id, asked, children }: FoundProps) {
  return (
    <AskView what={t("compare.what", "The run {{id}}", { id: id.slice(0, 8) })} asked={asked} rows={8}>
      {({ found }) =>
        found === undefined ? (
          <Empty title={t("compare.notFound", "Run {{id}} was not found", { id: id.slice(0, 8) })} icon="search">
            <ViewLink to={{ page: "run", id }}>{t("compare.look", "Open it to look in a wider time")}</ViewLink>
          </Empty>
        ) : (
          children(found)
        )
      }
    </AskView>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  page: css({ display: "flex", flexDirection: "column", gap: theme.spacing(2), minWidth: 0 }),
  head: css({ display: "flex", flexWrap: "wrap", alignItems: "center", gap: theme.spacing(1) }),
  title: css({ ...theme.typography.h3, margin: 0 }),
});
