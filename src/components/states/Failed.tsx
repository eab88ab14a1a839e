import { Alert, Button } from "@grafana/ui";
import { t } from "../text";

export interface FailedProps {
  /** What could not be shown: "The runs". */
  readonly what: string;
  readonly error: Error;
  readonly again: () => void;
  /** Older data stays on screen below. */
  readonly stale?: boolean;
}

/** A question that failed: what happened and what to do, in the words of the error, and that it is tried again. */
export function Failed({ what, error, again, stale = false }: FailedProps) {
  const title = stale
    ? t("states.stale", "{{what}} could not be refreshed; what is shown is older", { what })
    : t("states.failed", "{{what}} could not be read", { what });
  return (
    <Alert severity={stale ? "warning" : "error"} title={title} data-testid="state-failed">
      <p>{error.message}</p>
      <Button variant="secondary" size="sm" icon="sync" onClick={again}>
        {t("states.again", "Try again now")}
      </Button>{" "}
      {t("states.retries", "It is tried again by itself, less often the longer it fails.")}
    </Alert>
  );
}
