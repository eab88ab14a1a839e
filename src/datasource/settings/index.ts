export { type AgentsSettings, parseSettings, type StoredSettings } from "./settings";
