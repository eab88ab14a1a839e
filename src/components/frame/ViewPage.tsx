import { ErrorBoundaryAlert } from "@grafana/ui";
import { useEnvironment } from "../environment";
import { VIEWS } from "../views";
import { NoSuchPage } from "./NoSuchPage";

/** The view of the address. A view that breaks says so and leaves the rest of the page working. */
export function ViewPage() {
  const { location } = useEnvironment();
  if (location.unknown !== undefined) return <NoSuchPage path={location.unknown} />;
  const View = VIEWS[location.page];
  return (
    <ErrorBoundaryAlert key={`${location.page} ${location.id}`}>
      <View />
    </ErrorBoundaryAlert>
  );
}
