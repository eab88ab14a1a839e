// @ts-check
/** The page that is measured, as the text of a module: it joins parts that no one tsconfig of ours sees together. */
export const PAGE = `
import { createTheme, ThemeContext } from "@grafana/data";
import { createElement, useState } from "react";
import { createRoot } from "react-dom/client";
import { Timeline } from "/src/components/timeline/index.ts";
import { rebuildRun } from "/src/core/run/index.ts";
import { parseLine } from "/src/core/wire/index.ts";

const theme = createTheme({ colors: { mode: "dark" } });
let root;

function Page({ run }) {
  const [selected, select] = useState(undefined);
  return createElement(
    ThemeContext.Provider,
    { value: theme },
    createElement(Timeline, {
      run, signals: [], nested: [], selected, onSelect: select,
      showInner: true, onShowInner: () => {}, slowStepMinMs: 1000, keys: "page",
    }),
  );
}

const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));

window.rebuilt = (texts) =>
  rebuildRun(texts.flatMap((text) => { const read = parseLine(text); return read.ok ? [read.line] : []; }));

window.show = async (run) => {
  root?.unmount();
  root = createRoot(document.getElementById("root"));
  await painted();
  const start = performance.now();
  root.render(createElement(Page, { run }));
  do await painted(); while (document.querySelector("[data-testid=timeline-list] [role=option]") === null);
  return performance.now() - start;
};
`;
