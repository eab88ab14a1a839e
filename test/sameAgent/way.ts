import type { System } from "../systems/system";
import type { Scene } from "./scenes";

/**
 * Plays a scene against the model server of the system, and measures it.
 *
 * @returns the lines that were written of it
 */
export type Way = (scene: Scene, system: System) => Promise<string>;
