import { DataSourcePlugin } from "@grafana/data";
import { initPluginTranslations } from "@grafana/i18n";
import { AgentsDataSource } from "./DataSource";
import { ConfigEditor } from "./editors/ConfigEditor";
import { QueryEditor } from "./editors/QueryEditor";
import { QueryHelp } from "./editors/QueryHelp";
import type { AgentsQuery } from "./query/types";
import type { StoredSettings } from "./settings";

// Not awaited: an AMD module with top level await exports a promise. English stands until other texts are there.
void initPluginTranslations("dunetrace-agents-app");

export const plugin = new DataSourcePlugin<AgentsDataSource, AgentsQuery, StoredSettings>(AgentsDataSource)
  .setConfigEditor(ConfigEditor)
  .setQueryEditor(QueryEditor)
  .setQueryEditorHelp(QueryHelp);
