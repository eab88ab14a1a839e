import { cpSync, createReadStream } from "node:fs";
import { resolve } from "node:path";
import { defineConfig, type Plugin } from "vite";

/** Where @grafana/ui looks for its icons, and where its package keeps them. */
const ICONS = { url: "/public/build/img/icons/", folder: resolve("node_modules/@grafana/ui/dist/public/img/icons") };
const OUT = resolve("lib/viewer");

function grafanaIcons(): Plugin {
  return {
    name: "grafana-icons",
    configureServer(server) {
      server.middlewares.use(ICONS.url, (request, response, next) => {
        const [path = ""] = (request.url ?? "").split("?");
        if (!/^\/[\w-]+\/[\w-]+\.svg$/.test(path)) return next();
        response.setHeader("content-type", "image/svg+xml");
        createReadStream(`${ICONS.folder}${path}`).on("error", next).pipe(response);
        return undefined;
      });
    },
    closeBundle() {
      cpSync(ICONS.folder, `${OUT}${ICONS.url}`, { recursive: true });
    },
  };
}

/** The local page: built into `lib/viewer`, served by `dunetrace dev`. */
export default defineConfig(({ mode }) => ({
  root: "src/viewer",
  base: "./",
  build: { outDir: OUT, emptyOutDir: true, target: "es2022" },
  define: { "process.env.NODE_ENV": JSON.stringify(mode) },
  plugins: [grafanaIcons()],
  // While developing: `npx vite -c vite.viewer.config.mts` beside `dunetrace dev --listen 127.0.0.1:3199`.
  server: { proxy: { "/loki": "http://127.0.0.1:3199" } },
}));
