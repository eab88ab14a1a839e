/** The app's pages below the address of Grafana. */
const APP = "/a/dunetrace-agents-app";

/** A label as part of a path: `urlquery` writes a space as +, which a path would keep. */
const inPath = (label: string): string => `{{ reReplaceAll "[+]" "%20" (urlquery $labels.${label}) }}`;

/**
 * The link of an alert, as a template. Without an address it is that of the program that evaluates the rule: Grafana's
 * own, or the ruler's `external_url`.
 */
export function pageLink(page: "run" | "agent", grafanaUrl: string | undefined): string {
  const base = grafanaUrl === undefined ? '{{ reReplaceAll "/+$" "" externalURL }}' : templateText(grafanaUrl);
  return page === "run" ? `${base}${APP}/runs/${inPath("run_id")}` : `${base}${APP}/agents/${inPath("agent_id")}`;
}

/** Text that holds no template of its own. */
function templateText(text: string): string {
  return text.replaceAll("{{", "%7B%7B");
}
