import { initPluginTranslations } from "@grafana/i18n";
import { ConfigurationPage } from "./ConfigurationPage";
import { APP_ID } from "./ids";

await initPluginTranslations(APP_ID);

export default ConfigurationPage;
