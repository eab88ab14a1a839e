import { t as translate } from "@grafana/i18n";

/** Texts for people: the key, then the English text. The one place that knows where translations come from. */
export { Trans } from "@grafana/i18n";

/** A text with its values as they are: React escapes what it shows, so escaping here would show `&quot;` in an id. */
export function t(key: string, text: string, values: Readonly<Record<string, unknown>> = {}): string {
  return translate(key, text, { ...values, interpolation: { escapeValue: false } });
}
