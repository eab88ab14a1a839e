import path from "node:path";
import CopyPlugin from "copy-webpack-plugin";
import type { Configuration, RuleSetRule, WebpackPluginInstance } from "webpack";
import VirtualModulesPlugin from "webpack-virtual-modules";
import { getPluginJson } from "./.config/bundler/utils";
import scaffold, { type Env } from "./.config/webpack/webpack.config";

const APP_ID: string = getPluginJson().id;

/**
 * Grafana serves a nested plugin below its own id, while the lazy parts of all four lie in the folder of the app: whoever
 * is loaded asks for them there. What comes before `public/` (a sub path, a CDN) stays.
 */
const publicPath = new VirtualModulesPlugin({
  "node_modules/grafana-public-path.js": `
import amdMetaModule from 'amd-module';

const uri = amdMetaModule && amdMetaModule.uri ? amdMetaModule.uri : '';
const at = uri.lastIndexOf('public/plugins/');
__webpack_public_path__ = (at < 0 ? '' : uri.slice(0, at)) + 'public/plugins/${APP_ID}/';
`,
});

/** What the scaffold copies for the app alone, or not at all. */
const copied = new CopyPlugin({
  patterns: [
    { from: "**/img/*.{svg,png}", to: ".", noErrorOnMissing: true },
    { from: "../provisioning/dashboards/dunetrace/*.json", to: "dashboards/[name][ext]", noErrorOnMissing: true },
  ],
});

/**
 * The scaffold compiles JSX to calls of a global React, and BigInt's `**` to Math.pow: our components do not import React,
 * and every browser that Grafana 12.3 supports knows ES2022.
 */
const sources: RuleSetRule = {
  exclude: /(node_modules)/,
  test: /\.[tj]sx?$/,
  use: {
    loader: "swc-loader",
    options: {
      jsc: {
        baseUrl: path.resolve("src"),
        target: "es2022",
        loose: false,
        parser: { syntax: "typescript", tsx: true, decorators: false, dynamicImport: true },
        transform: { react: { runtime: "automatic" } },
      },
    },
  },
};

const loads = (rule: unknown, loader: string): boolean => JSON.stringify(rule).includes(`"loader":"${loader}"`);

/** create-plugin's configuration with what nested plugins and our sources need. */
const config = async (env: Env): Promise<Configuration> => {
  const base = await scaffold(env);
  const rules = (base.module?.rules ?? []).map((rule) => (loads(rule, "swc-loader") ? sources : rule));
  const plugins = (base.plugins ?? []).map((plugin) => (plugin instanceof VirtualModulesPlugin ? publicPath : plugin));
  return {
    ...base,
    // A cache would outlive changes of this file.
    cache: false,
    // scripts/pluginCheck.mjs states the budgets.
    performance: false,
    module: { ...base.module, rules },
    plugins: [...plugins, copied] satisfies (WebpackPluginInstance | unknown)[],
  };
};

export default config;
