import "systemjs/dist/system.js";
import "systemjs/dist/extras/amd.js";
import * as emotion from "@emotion/css";
import * as data from "@grafana/data";
import * as runtime from "@grafana/runtime";
import * as ui from "@grafana/ui";
import i18next from "i18next";
import lodash from "lodash";
import moment from "moment";
import React from "react";
import jsxDevRuntime from "react/jsx-dev-runtime";
import jsxRuntime from "react/jsx-runtime";
import ReactDOM from "react-dom";
import * as rxjs from "rxjs";

/** The part of SystemJS that Grafana loads plugins with. */
interface ModuleLoader {
  set(address: string, module: object): void;
  import(address: string): Promise<unknown>;
  addImportMap(map: { readonly imports: Readonly<Record<string, string>> }): void;
}
declare global {
  var System: ModuleLoader;
}

/** What Grafana hands to plugins instead of letting each bring its own. */
const SHARED: Readonly<Record<string, object>> = {
  "@emotion/css": emotion,
  "@grafana/data": data,
  "@grafana/runtime": runtime,
  "@grafana/ui": ui,
  i18next,
  lodash,
  moment,
  react: React,
  "react/jsx-dev-runtime": jsxDevRuntime,
  "react/jsx-runtime": jsxRuntime,
  "react-dom": ReactDOM,
  rxjs,
};

/** Makes the shared modules known to the loader of plugins. */
export function share(): void {
  const address = (name: string): string => `package:${name}`;
  for (const [name, module] of Object.entries(SHARED)) {
    System.set(address(name), { default: module, __useDefault: true });
  }
  System.addImportMap({ imports: Object.fromEntries(Object.keys(SHARED).map((name) => [name, address(name)])) });
}
