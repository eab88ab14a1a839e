import { Alert } from "@grafana/ui";
import type { ReactNode } from "react";

/** A result that is not everything: what is missing and how to get it. */
export function Note({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <Alert severity="info" title={title} data-testid="state-partial">
      {children}
    </Alert>
  );
}
