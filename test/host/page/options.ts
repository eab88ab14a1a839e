/** What a test wants of the host page; set before the page loads. */
export interface HostOptions {
  readonly theme?: "dark" | "light";
  readonly role?: "Viewer" | "Editor" | "Admin";
  /** `jsonData` of each instance of our datasource, by uid; one over Loki by default. */
  readonly instances?: Readonly<Record<string, object>>;
  /** Whether Loki's datasource splits long ranges by day, as Grafana's does; default: yes. */
  readonly splits?: boolean;
  /** Template variables of the dashboard. */
  readonly variables?: Readonly<Record<string, string | readonly string[]>>;
}

declare global {
  interface Window {
    hostOptions?: HostOptions;
  }
}

export const hostOptions = (): HostOptions => window.hostOptions ?? {};
