import type { Labels } from "../../logql/api";
import { goQuoted } from "./goQuoted";

/** Labels as Loki writes them, sorted by name: `{agent_id="a", event_type="tool.called"}`. */
export function labelsText(labels: Labels): string {
  const pairs = Object.keys(labels)
    .sort()
    .map((name) => `${name}=${goQuoted(labels[name] ?? "")}`);
  return `{${pairs.join(", ")}}`;
}

/** Labels as JSON with sorted names: equal for equal labels, which makes it their key. */
export function labelsKey(labels: Labels): string {
  const names = Object.keys(labels);
  if (names.length === 0) return "";
  return `{${names
    .sort()
    .map((name) => `${JSON.stringify(name)}:${JSON.stringify(labels[name])}`)
    .join(",")}}`;
}

/** Reads what `labelsKey` wrote; undefined when it is something else. */
export function labelsOf(text: string): Labels | undefined {
  if (text === "") return {};
  try {
    const value: unknown = JSON.parse(text);
    // Without a prototype a label may be named as a method of objects is.
    return isLabels(value) ? Object.assign(Object.create(null), value) : undefined;
  } catch {
    // Not JSON: the caller says what it was.
    return undefined;
  }
}

function isLabels(value: unknown): value is Labels {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((item) => typeof item === "string")
  );
}

/** Where Loki looks for the name of a service, in this order (its setting `discover_service_name`). */
const SERVICE_LABELS = [
  "service",
  "app",
  "application",
  "app_name",
  "name",
  "app_kubernetes_io_name",
  "container",
  "container_name",
  "k8s_container_name",
  "component",
  "workload",
  "job",
  "k8s_job_name",
] as const;

/** Labels without empty values, with the `service_name` that Loki adds where there is none. */
export function completedLabels(labels: Labels): Labels {
  const completed: Record<string, string> = Object.create(null);
  for (const [name, value] of Object.entries(labels)) if (value !== "") completed[name] = value;
  if (completed.service_name === undefined) {
    const known = SERVICE_LABELS.find((name) => completed[name] !== undefined);
    completed.service_name = (known === undefined ? undefined : completed[known]) ?? "unknown_service";
  }
  return completed;
}
