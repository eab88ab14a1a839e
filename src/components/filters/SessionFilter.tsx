import { FilterPill } from "@grafana/ui";
import { useParams } from "../environment";
import { t } from "../text";
import { useFilters } from "./useFilters";

/** One session, which a link chose; taken away by a click. Nothing without one. */
export function SessionFilter() {
  const { session_id } = useFilters();
  const [, change] = useParams();
  if (session_id === undefined) return null;
  return (
    <FilterPill
      selected
      icon="times"
      label={t("filters.session", "Session {{session}}", { session: session_id.slice(0, 24) })}
      onClick={() => change({ session: undefined })}
    />
  );
}
