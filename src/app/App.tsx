import { initPluginTranslations } from "@grafana/i18n";
import { AppPage } from "./AppPage";
import { APP_ID } from "./ids";

await initPluginTranslations(APP_ID);

export default AppPage;
