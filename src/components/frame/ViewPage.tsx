import { ErrorBoundaryAlert } from "@grafana/ui";
import { Suspense } from "react";
import { useEnvironment } from "../environment";
import { Loading } from "../states";
import { VIEWS } from "../views";

/** The view of the address. A view that breaks says so and leaves the rest of the page working. */
export function ViewPage() {
  const { location } = useEnvironment();
  const View = VIEWS[location.page];
  return (
    <ErrorBoundaryAlert key={`${location.page} ${location.id}`}>
      <Suspense fallback={<Loading />}>
        <View />
      </Suspense>
    </ErrorBoundaryAlert>
  );
}
