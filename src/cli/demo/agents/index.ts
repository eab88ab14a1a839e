import type { AgentProfile } from "../agent";
import { chatAssistant } from "./chatAssistant";
import { codingAgent } from "./codingAgent";
import { edgeAssistant } from "./edgeAssistant";
import { nightlyReport } from "./nightlyReport";
import { ragPipeline } from "./ragPipeline";
import { researchAgent } from "./researchAgent";
import { supportBot } from "./supportBot";
import { flightSearch, hotelSearch, tripPlanner } from "./tripPlanner";

export const AGENTS: readonly AgentProfile[] = [
  supportBot,
  researchAgent,
  ragPipeline,
  codingAgent,
  chatAssistant,
  tripPlanner,
  flightSearch,
  hotelSearch,
  nightlyReport,
  edgeAssistant,
];
