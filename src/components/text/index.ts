/** Texts for people: the key, then the English text. The one place that knows where translations come from. */
export { Trans, t } from "@grafana/i18n";
