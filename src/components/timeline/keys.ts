/** What a key does on the timeline. */
export type TimelineAction =
  | { readonly kind: "step"; readonly by: number }
  | { readonly kind: "edge"; readonly end: "first" | "last" }
  | { readonly kind: "pan"; readonly by: 1 | -1 }
  | { readonly kind: "open" | "close" | "find" | "zoomIn" | "zoomOut" | "zoomAll" };

/** As many steps as Page up and Page down go. */
const PAGE = 10;

interface Key {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** The action of a key, undefined when it is none of ours. Keys with ctrl, meta or alt belong to the browser. */
export function actionOf({ key, shiftKey, ctrlKey, metaKey, altKey }: Key): TimelineAction | undefined {
  if (ctrlKey || metaKey || altKey) return undefined;
  switch (key) {
    case "ArrowDown":
      return { kind: "step", by: 1 };
    case "ArrowUp":
      return { kind: "step", by: -1 };
    case "ArrowRight":
      return shiftKey ? { kind: "pan", by: 1 } : { kind: "step", by: 1 };
    case "ArrowLeft":
      return shiftKey ? { kind: "pan", by: -1 } : { kind: "step", by: -1 };
    case "PageDown":
      return { kind: "step", by: PAGE };
    case "PageUp":
      return { kind: "step", by: -PAGE };
    case "Home":
      return { kind: "edge", end: "first" };
    case "End":
      return { kind: "edge", end: "last" };
    case "Enter":
      return { kind: "open" };
    case "Escape":
      return { kind: "close" };
    case "/":
      return { kind: "find" };
    case "+":
    case "=":
      return { kind: "zoomIn" };
    case "-":
    case "−":
      return { kind: "zoomOut" };
    case "0":
      return { kind: "zoomAll" };
    default:
      return undefined;
  }
}
