import { cpSync, createReadStream } from "node:fs";
import { resolve } from "node:path";
import { defineConfig, type Plugin } from "vite";
import { thirdPartyLicenses } from "./scripts/thirdPartyLicenses";

/** What @grafana/ui asks a Grafana for, and where packages keep it. */
const ICONS = { url: "/public/build/img/icons/", folder: resolve("node_modules/@grafana/ui/dist/public/img/icons") };
const FONTS = "/public/fonts/inter/";
const FONT_FILES = [
  { name: "Inter-Regular.woff2", file: resolve("node_modules/@fontsource/inter/files/inter-latin-400-normal.woff2") },
  { name: "Inter-Medium.woff2", file: resolve("node_modules/@fontsource/inter/files/inter-latin-500-normal.woff2") },
  { name: "Inter-Italic.woff2", file: resolve("node_modules/@fontsource/inter/files/inter-latin-400-italic.woff2") },
];
/** A page under development asks this `dunetrace dev --listen 127.0.0.1:3199`. */
const DEV = "http://127.0.0.1:3199";

/** Icons and the font of Grafana, beside the page. */
function grafanaAssets(): Plugin {
  let out = "";
  return {
    name: "grafana-assets",
    configResolved({ root, build }) {
      out = resolve(root, build.outDir);
    },
    configureServer(server) {
      server.middlewares.use("/public/", (request, response, next) => {
        const [path = ""] = (request.url ?? "").split("?");
        const icon = /^\/build\/img\/icons(\/[\w-]+\/[\w-]+\.svg)$/.exec(path)?.[1];
        const file =
          icon === undefined ? FONT_FILES.find(({ name }) => path.endsWith(name))?.file : ICONS.folder + icon;
        if (file === undefined) return next();
        response.setHeader("content-type", icon === undefined ? "font/woff2" : "image/svg+xml");
        // What @grafana/ui asks for and does not ship is in the public folder of the page.
        createReadStream(file)
          .on("error", () => next())
          .pipe(response);
        return undefined;
      });
    },
    closeBundle() {
      cpSync(ICONS.folder, `${out}${ICONS.url}`, { recursive: true });
      for (const { name, file } of FONT_FILES) cpSync(file, `${out}${FONTS}${name}`);
    },
  };
}

/** The local page: built into `lib/viewer`, served by `dunetrace dev`. */
export default defineConfig(({ mode }) => ({
  root: "src/viewer",
  base: "./",
  build: { outDir: resolve("lib/viewer"), emptyOutDir: true, target: "es2022", chunkSizeWarningLimit: 4000 },
  define: { "process.env.NODE_ENV": JSON.stringify(mode) },
  plugins: [grafanaAssets(), thirdPartyLicenses({ file: "THIRD_PARTY_LICENSES.txt" })],
  server: { proxy: { "/loki": DEV, "^/page/": DEV } },
}));
