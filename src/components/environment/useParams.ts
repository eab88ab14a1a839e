import { useCallback } from "react";
import { useEnvironment } from "./environment";

export type ParamChanges = Readonly<Record<string, string | undefined>>;

/**
 * The parameters of the view's address and how to change some of them. A change that the reader made by a deliberate act
 * is a step of the history; one that follows from moving about (a selection) replaces.
 *
 * @example
 * const [params, change] = useParams();
 * change({ agent: "support-bot", cursor: undefined });
 */
export function useParams(): readonly [
  Readonly<Record<string, string>>,
  (changes: ParamChanges, options?: { readonly replace?: boolean }) => void,
] {
  const { location, navigate } = useEnvironment();
  const change = useCallback(
    (changes: ParamChanges, options?: { readonly replace?: boolean }) => {
      const params: Record<string, string> = { ...location.params };
      for (const [name, value] of Object.entries(changes)) {
        if (value === undefined || value === "") delete params[name];
        else params[name] = value;
      }
      navigate({ ...location, params }, options);
    },
    [location, navigate],
  );
  return [location.params, change];
}
