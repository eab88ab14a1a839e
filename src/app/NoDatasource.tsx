import { config } from "@grafana/runtime";
import { EmptyState, LinkButton, Text } from "@grafana/ui";
import { Trans, t } from "../components/text";
import { permissionsOf } from "./permissions";

/** There is no data source of ours yet: what it is for, and where to add one. */
export function NoDatasource() {
  const { configure } = permissionsOf(config.bootData.user);
  return (
    <>
      <Text element="h1" variant="h3">
        <Trans i18nKey="app.no-datasource.page">Agents</Trans>
      </Text>
      <EmptyState
        variant="call-to-action"
        message={t("app.no-datasource.title", "Tell Dunetrace which Loki holds the lines of your agents")}
        button={
          configure ? (
            <LinkButton href={`${config.appSubUrl}/connections/datasources/new`} icon="plus">
              <Trans i18nKey="app.no-datasource.add">Add a Dunetrace agents data source</Trans>
            </LinkButton>
          ) : undefined
        }
      >
        {configure ? (
          <Trans i18nKey="app.no-datasource.steps">
            Choose “Dunetrace agents” in the list of data sources, pick your Loki data source in it, then save and test.
            It reads through that data source, with its permissions and limits, and keeps no data of its own.
          </Trans>
        ) : (
          <Trans i18nKey="app.no-datasource.ask">
            An administrator adds a Dunetrace agents data source under Connections, and picks the Loki data source to
            read from.
          </Trans>
        )}
      </EmptyState>
    </>
  );
}
