import { type ComponentType, useEffect, useRef, useState } from "react";
import { Failed, Loading } from "../states";
import { t } from "../text";
import { keepLoading } from "./keepLoading";

interface State {
  readonly View?: ComponentType;
  readonly error?: Error;
}

/** A view that is loaded when it is first opened. Unlike with `React.lazy`, a failure to load it is not for good. */
export function lazyView(load: () => Promise<{ readonly default: ComponentType }>): ComponentType {
  let known: State = {};
  return function LazyView() {
    const [{ View, error }, setState] = useState(known);
    const again = useRef<() => void>(() => undefined);
    useEffect(() => {
      if (known.View !== undefined) return undefined;
      const loading = keepLoading(load, document, {
        loaded: ({ default: loaded }) => {
          known = { View: loaded };
          setState(known);
        },
        failed: (failure) => setState({ error: failure }),
      });
      again.current = loading.again;
      return loading.stop;
    }, []);
    if (View !== undefined) return <View />;
    if (error === undefined) return <Loading />;
    return <Failed what={t("frame.view", "This page")} error={explained(error)} again={() => again.current()} />;
  };
}

function explained({ message }: Error): Error {
  const why = t(
    "frame.notLoaded",
    "A part of it could not be loaded. If that goes on, reload the page: there may be a newer version of it.",
  );
  return new Error(`${why} (${message})`);
}
