import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { chatReply } from "../../../src/integrations/models/testing/openaiReplies";
import { pythonOf, systemEnvironment } from "../environment";
import { systemRun } from "../runs";
import { System } from "../system";
import { post } from "./requests";
import { Service } from "./service";

const PIPELINES = join(import.meta.dirname, "../../../examples/hayhooks/pipelines");
const TIMEOUT_MS = 400_000;

it("serves examples/hayhooks, whose request is a run", { timeout: TIMEOUT_MS }, async (context) => {
  const python = pythonOf(await systemEnvironment("hayhooks-2"), context);
  const system = await System.start();
  try {
    const url = system.models.answerBelow("museum", chatReply({ content: "CANARY-answer" }));
    const environment = { OPENAI_BASE_URL: `${url}/v1` };
    const service = await Service.start(python, system, { pipelines: PIPELINES, environment });
    const answer = await post(`${service.url}/museum/run`, { question: "When does the button museum open?" });
    expect(answer).toMatchObject({ status: 200 });
    // A trace is complete once the request around the pipeline has ended.
    await vi.waitFor(() => expect(system.collector.traces.spans).toBeGreaterThanOrEqual(6), { timeout: 60_000 });
    await service.stop();
    const { runs, text } = system.take();
    expect(runs.map(systemRun)).toEqual([
      {
        agent_id: "museum",
        exit_reason: "final_answer",
        model: "gpt-4o-2024-08-06",
        calls: ["retrieval retriever 2", "llm gpt-4o-2024-08-06 111/22 stop"],
        signals: {},
      },
    ]);
    expect(text).toContain('"event_type":"deploy.marker"');
    expect(text).not.toMatch(/CANARY|button/);
  } finally {
    await Service.stopAll();
    await system.close();
  }
});
