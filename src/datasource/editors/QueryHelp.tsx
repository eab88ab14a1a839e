import type { QueryEditorHelpProps } from "@grafana/data";
import { Button, Stack, Text } from "@grafana/ui";
import { t } from "../../components/text";
import { queryText } from "../query/displayText";
import { type AgentsQuery, QUERY_VERSION } from "../query/types";

interface Example {
  readonly title: string;
  readonly query: AgentsQuery;
}

const base = { refId: "A", version: QUERY_VERSION } as const;

const examples = (): readonly Example[] => [
  { title: t("datasource.help.newest", "The newest runs"), query: { ...base, queryType: "runs", sort: "newest" } },
  {
    title: t("datasource.help.failed", "Failed runs"),
    query: { ...base, queryType: "runs", statuses: ["errored"] },
  },
  {
    title: t("datasource.help.high", "What went badly wrong"),
    query: { ...base, queryType: "signals", filter: { minSeverity: "HIGH" } },
  },
  {
    title: t("datasource.help.rate", "Signals over time, by failure type"),
    query: { ...base, queryType: "signalRate", by: ["failure_type"] },
  },
  { title: t("datasource.help.agents", "Agents with their runs and cost"), query: { ...base, queryType: "agents" } },
  {
    title: t("datasource.help.what-if", "Would a stricter tool loop detector fire more often?"),
    query: { ...base, queryType: "whatIf", failureType: "TOOL_LOOP", thresholds: { threshold: "3, 4, 5" } },
  },
];

/** Examples that run when they are chosen. */
export function QueryHelp({ onClickExample }: QueryEditorHelpProps<AgentsQuery>) {
  return (
    <Stack direction="column" gap={1} alignItems="flex-start">
      <Text element="h2" variant="h4">
        {t("datasource.help.title", "Queries about agent runs")}
      </Text>
      {examples().map(({ title, query }) => (
        <Button
          key={title}
          variant="secondary"
          fill="text"
          tooltip={queryText(query)}
          onClick={() => onClickExample(query)}
        >
          {title}
        </Button>
      ))}
      <Text color="secondary">
        {t(
          "datasource.help.variables",
          "Every text takes variables such as $agent; one with several values becomes a list, and All filters nothing.",
        )}
      </Text>
    </Stack>
  );
}
