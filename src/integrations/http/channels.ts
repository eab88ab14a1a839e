import { subscribe, unsubscribe } from "node:diagnostics_channel";

export type Listener = (message: unknown) => void;

/**
 * Listens to diagnostics channels.
 *
 * @returns what stops it
 */
export function listenTo(listeners: Readonly<Record<string, Listener>>): () => void {
  const entries = Object.entries(listeners);
  for (const [name, listener] of entries) subscribe(name, listener);
  return () => {
    for (const [name, listener] of entries) unsubscribe(name, listener);
  };
}
