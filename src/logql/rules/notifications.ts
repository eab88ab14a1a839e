import type { YamlValue } from "../../core/yaml";
import { MESSAGE, ROUTING, SLACK, SOURCE_LABEL, WEBHOOK } from "./routing";

/** File provisioning of Grafana's contact points; it reads `$…` from the environment. */
export function contactPoints(): YamlValue {
  return {
    apiVersion: 1,
    contactPoints: [
      {
        orgId: 1,
        name: WEBHOOK,
        receivers: [
          {
            uid: WEBHOOK,
            type: "webhook",
            settings: { url: "$ALERT_WEBHOOK_URL", httpMethod: "POST" },
            disableResolveMessage: false,
          },
        ],
      },
      {
        orgId: 1,
        name: SLACK,
        receivers: [
          {
            uid: SLACK,
            type: "slack",
            settings: { url: "$SLACK_WEBHOOK_URL", ...MESSAGE },
            disableResolveMessage: true,
          },
        ],
      },
    ],
  };
}

/** File provisioning of Grafana's notification policies: the whole tree of an organisation. */
export function policies(): YamlValue {
  const matchers = [[SOURCE_LABEL.name, "=", SOURCE_LABEL.value]];
  return {
    apiVersion: 1,
    policies: [
      {
        orgId: 1,
        receiver: WEBHOOK,
        ...ROUTING,
        routes: [
          { receiver: WEBHOOK, object_matchers: matchers, ...ROUTING, continue: true },
          { receiver: SLACK, object_matchers: matchers, ...ROUTING },
        ],
      },
    ],
  };
}

/** The same routing for an Alertmanager, which reads the addresses from files. */
export function alertmanagerConfig(): YamlValue {
  const matchers = [`${SOURCE_LABEL.name}="${SOURCE_LABEL.value}"`];
  return {
    route: {
      receiver: WEBHOOK,
      ...ROUTING,
      routes: [
        { receiver: WEBHOOK, matchers, ...ROUTING, continue: true },
        { receiver: SLACK, matchers, ...ROUTING },
      ],
    },
    receivers: [
      {
        name: WEBHOOK,
        webhook_configs: [{ url_file: "/etc/alertmanager/webhook-url", send_resolved: true }],
      },
      {
        name: SLACK,
        slack_configs: [{ api_url_file: "/etc/alertmanager/slack-webhook-url", ...MESSAGE, send_resolved: false }],
      },
    ],
  };
}
