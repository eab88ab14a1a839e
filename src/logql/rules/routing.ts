/** How alerts reach people: the same in Grafana and in an Alertmanager. */
export const ROUTING = {
  group_by: ["agent_id", "failure_type"],
  group_wait: "1s",
  // The usual five minutes would hold back every later run of a group.
  group_interval: "10s",
  repeat_interval: "4h",
} as const;

/** The label that tells our alerts from others. */
export const SOURCE_LABEL = { name: "source", value: "dunetrace" } as const;

export const SLACK = "dunetrace-slack";
export const WEBHOOK = "dunetrace-webhook";

/** A message in a chat, for Slack in Grafana and in an Alertmanager. No `$` in it: Grafana would read the environment. */
export const MESSAGE = {
  title: "{{ with index .Alerts 0 }}{{ .Annotations.summary }}{{ end }}",
  text: "{{ range .Alerts }}{{ .Annotations.title }}\n{{ .Annotations.evidence }}\n{{ .Annotations.link }}\n{{ end }}",
} as const;
