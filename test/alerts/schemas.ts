import type { Schema } from "ajv";

const text = { type: "string", minLength: 1 } as const;
const texts = { type: "object", additionalProperties: text } as const;
const uid = { type: "string", pattern: "^[A-Za-z0-9_-]{1,40}$" } as const;
const duration = { type: "string", pattern: "^[0-9]+(s|m|h)$" } as const;
const model = {
  oneOf: [
    {
      type: "object",
      properties: {
        refId: text,
        datasource: { type: "object", properties: { type: { const: "loki" }, uid }, required: ["type", "uid"] },
        editorMode: { const: "code" },
        expr: text,
        queryType: { const: "instant" },
      },
      required: ["refId", "datasource", "expr", "queryType"],
      additionalProperties: false,
    },
    {
      type: "object",
      properties: {
        refId: text,
        type: { const: "threshold" },
        datasource: { type: "object", properties: { type: { const: "__expr__" }, uid: { const: "__expr__" } } },
        expression: text,
        conditions: { type: "array", minItems: 1 },
      },
      required: ["refId", "type", "datasource", "expression", "conditions"],
      additionalProperties: false,
    },
  ],
} as const;

/** File provisioning of alert rules, as far as we use it, after Grafana's documentation of it. */
export const GRAFANA_RULES: Schema = {
  type: "object",
  properties: {
    apiVersion: { const: 1 },
    groups: {
      type: "array",
      items: {
        type: "object",
        properties: {
          orgId: { const: 1 },
          name: text,
          folder: text,
          interval: { enum: ["10s", "1m"] },
          rules: {
            type: "array",
            minItems: 1,
            items: {
              type: "object",
              properties: {
                uid,
                title: { type: "string", minLength: 1, maxLength: 190 },
                condition: { const: "C" },
                data: {
                  type: "array",
                  minItems: 2,
                  items: {
                    type: "object",
                    properties: {
                      refId: text,
                      datasourceUid: text,
                      relativeTimeRange: {
                        type: "object",
                        properties: { from: { type: "integer" }, to: { type: "integer" } },
                        required: ["from", "to"],
                      },
                      model,
                    },
                    required: ["refId", "datasourceUid", "relativeTimeRange", "model"],
                    additionalProperties: false,
                  },
                },
                noDataState: { const: "OK" },
                execErrState: { const: "Error" },
                for: { const: "0s" },
                annotations: { ...texts, required: ["summary", "title", "evidence", "link"] },
                labels: { ...texts, required: ["source"] },
                isPaused: { const: false },
              },
              required: [
                "uid",
                "title",
                "condition",
                "data",
                "noDataState",
                "execErrState",
                "for",
                "annotations",
                "labels",
              ],
              additionalProperties: false,
            },
          },
        },
        required: ["orgId", "name", "folder", "interval", "rules"],
        additionalProperties: false,
      },
    },
  },
  required: ["apiVersion", "groups"],
  additionalProperties: false,
};

export const GRAFANA_CONTACT_POINTS: Schema = {
  type: "object",
  properties: {
    apiVersion: { const: 1 },
    contactPoints: {
      type: "array",
      items: {
        type: "object",
        properties: {
          orgId: { const: 1 },
          name: text,
          receivers: {
            type: "array",
            minItems: 1,
            items: {
              type: "object",
              properties: {
                uid,
                type: { enum: ["slack", "webhook"] },
                settings: { type: "object", properties: { url: text }, required: ["url"] },
                disableResolveMessage: { type: "boolean" },
              },
              required: ["uid", "type", "settings"],
              additionalProperties: false,
            },
          },
        },
        required: ["orgId", "name", "receivers"],
        additionalProperties: false,
      },
    },
  },
  required: ["apiVersion", "contactPoints"],
  additionalProperties: false,
};

const grouping = {
  receiver: text,
  group_by: { const: ["agent_id", "failure_type"] },
  group_wait: { const: "1s" },
  group_interval: { const: "10s" },
  repeat_interval: { const: "4h" },
} as const;
const grouped = ["receiver", "group_by", "group_wait", "group_interval", "repeat_interval"] as const;

export const GRAFANA_POLICIES: Schema = {
  type: "object",
  properties: {
    apiVersion: { const: 1 },
    policies: {
      type: "array",
      items: {
        type: "object",
        properties: {
          orgId: { const: 1 },
          ...grouping,
          routes: {
            type: "array",
            items: {
              type: "object",
              properties: { ...grouping, object_matchers: { type: "array" }, continue: { type: "boolean" } },
              required: [...grouped, "object_matchers"],
              additionalProperties: false,
            },
          },
        },
        required: ["orgId", ...grouped],
        additionalProperties: false,
      },
    },
  },
  required: ["apiVersion", "policies"],
  additionalProperties: false,
};

/** A rule file in Prometheus' format. */
export const RULER_RULES: Schema = {
  type: "object",
  properties: {
    groups: {
      type: "array",
      items: {
        type: "object",
        properties: {
          name: text,
          interval: duration,
          rules: {
            type: "array",
            minItems: 1,
            items: {
              type: "object",
              properties: { alert: text, expr: text, for: duration, labels: texts, annotations: texts },
              required: ["alert", "expr", "labels", "annotations"],
              additionalProperties: false,
            },
          },
        },
        required: ["name", "interval", "rules"],
        additionalProperties: false,
      },
    },
  },
  required: ["groups"],
  additionalProperties: false,
};
