import { css } from "@emotion/css";
import { colorManipulator, type GrafanaTheme2 } from "@grafana/data";
import { useStyles2, useTheme2 } from "@grafana/ui";
import { detectorOf } from "../../core/detectors";
import { count } from "../../core/words";
import type { AgentRow } from "../../logql/ask";
import { useFilterLink } from "../filters";
import { severityColours } from "../severity";
import { t } from "../text";
import { ViewLink } from "../values";
import { matrixOf } from "./matrix";
import { nameLines } from "./nameLines";

const MOST_AGENTS = 5;
const CORNER_PX = 142;
const AGENT_PX = 56;
/** Of the colour behind a number: below it the number keeps its contrast. */
const MOST_ALPHA = 0.45;

/** Which failures which agents have: a number in a colour as strong as the count, and its list one click away. */
export function FailureMatrix({ agents }: { readonly agents: readonly AgentRow[] }) {
  const styles = useStyles2(stylesOf);
  const theme = useTheme2();
  const to = useFilterLink();
  const matrix = matrixOf(agents, MOST_AGENTS);
  const { fill } = severityColours(theme, "HIGH");
  if (matrix.rows.length === 0) {
    return <p className={styles.none}>{t("overview.noFailures", "No signal of any kind in this time.")}</p>;
  }
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className={styles.box} tabIndex={0} aria-label={t("overview.matrixLabel", "Failure types by agent")}>
        <table className={styles.table} style={{ minWidth: CORNER_PX + matrix.agents.length * AGENT_PX }}>
          <thead>
            <tr>
              <td className={styles.corner} />
              {matrix.agents.map((agent_id) => (
                <th key={agent_id} scope="col" className={styles.agent}>
                  <ViewLink
                    className={styles.plain}
                    to={{ page: "agent", id: agent_id }}
                    title={agent_id}
                    label={agent_id}
                  >
                    {nameLines(agent_id).map((line) => (
                      <span key={line} className={styles.line}>
                        {line}
                      </span>
                    ))}
                  </ViewLink>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {matrix.rows.map(({ failure_type, cells }) => (
              <tr key={failure_type}>
                <th scope="row" className={styles.type}>
                  <ViewLink className={styles.plain} to={to({ page: "signals", params: { type: failure_type } })}>
                    {detectorOf(failure_type).label}
                  </ViewLink>
                </th>
                {cells.map((cell) => (
                  <td key={cell.agent_id} className={styles.cell}>
                    {cell.count === 0 ? (
                      <span aria-hidden="true">·</span>
                    ) : (
                      <ViewLink
                        className={styles.number}
                        style={{ background: colorManipulator.alpha(fill, 0.1 + (MOST_ALPHA - 0.1) * cell.intensity) }}
                        to={to({ page: "signals", params: { type: failure_type, agent: cell.agent_id } })}
                        title={t("overview.cell", "{{agent}}: {{failure}}, {{count}}", {
                          agent: cell.agent_id,
                          failure: detectorOf(failure_type).label,
                          count: cell.count,
                        })}
                      >
                        {count(cell.count)}
                      </ViewLink>
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {matrix.left_out > 0 && (
        <ViewLink to={to({ page: "agents" })}>
          {t("overview.moreAgents", "{{count}} more agents", { count: matrix.left_out })}
        </ViewLink>
      )}
    </>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  box: css({ overflow: "auto", maxHeight: 280 }),
  none: css({ color: theme.colors.text.secondary, margin: 0 }),
  table: css({
    width: "100%",
    tableLayout: "fixed",
    fontSize: theme.typography.bodySmall.fontSize,
    fontVariantNumeric: "tabular-nums",
    "& th": { fontWeight: theme.typography.fontWeightRegular },
    "& th, & td": { padding: theme.spacing(0.25, 0.5), borderBottom: `1px solid ${theme.colors.border.weak}` },
  }),
  corner: css({ width: CORNER_PX }),
  agent: css({ textAlign: "center", verticalAlign: "bottom", lineHeight: 1.2 }),
  line: css({ display: "block", overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" }),
  type: css({ textAlign: "left", overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" }),
  plain: css({ color: theme.colors.text.primary }),
  cell: css({ textAlign: "center", color: theme.colors.text.secondary }),
  number: css({
    display: "block",
    minWidth: 28,
    borderRadius: theme.shape.radius.default,
    color: theme.colors.text.maxContrast,
  }),
});
