// @ts-check
import { buildLibrary } from "./library.mjs";

process.exitCode = (await buildLibrary()) ? 0 : 1;
