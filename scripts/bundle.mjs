// @ts-check
import { build } from "tsdown";
import { build as buildPage } from "vite";
import { ROOT } from "./processes.mjs";

// Vite asks this before its mode: started by tests it would say "test".
process.env.NODE_ENV = "production";

// In a process of its own, so that its memory is gone before the tests or the demo start. Not by the command of tsdown:
// that one tells whoever has Node 20 to get another, though it works there and the lock file keeps it at this version.
try {
  await build({ logLevel: "warn" });
  // After the library, which empties lib/ first.
  await buildPage({ configFile: `${ROOT}vite.viewer.config.mts`, logLevel: "error" });
} catch (error) {
  console.error(error);
  process.exitCode = 1;
}
