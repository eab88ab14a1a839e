import "./page.css";
import { initPluginTranslations } from "@grafana/i18n";
import { createRoot } from "react-dom/client";
import { Page } from "./Page";
import { readServed } from "./served";

const root = document.getElementById("root");
if (root === null) throw new Error("The page has no #root");
const show = async (): Promise<void> => {
  // The texts in the code are the English ones; there are no others.
  await initPluginTranslations("dunetrace-agents-app");
  const base = window.location.href.replace(/[?#].*$/, "");
  try {
    const served = await readServed(base);
    createRoot(root).render(<Page served={served} />);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    root.textContent = `dunetrace dev does not answer at ${base} (${reason}). Start it again, then reload this page.`;
  }
};
void show();
