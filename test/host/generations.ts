import { join } from "node:path";

/** The host pages: Grafana before and after its move to React 19. */
export const GENERATIONS = [18, 19].map((react) => ({
  react,
  bundle: join(import.meta.dirname, `../../.cache/host/react-${react}`),
}));
