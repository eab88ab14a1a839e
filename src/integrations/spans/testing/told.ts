import { expect } from "vitest";
import type { RecordedClient } from "../../../sdk/testing/record";

/**
 * The run of a client in texts, in the order of the lines: `llm gpt-4o` when it is asked, `llm 111/22 stop` when it has
 * answered, with `?` for what is not known; `tool search`, `tool search !TypeError`; the exit reason. Checks that no
 * content is in it.
 */
export function toldBy(client: RecordedClient): string[] {
  expect(client.texts.join("")).not.toContain("CANARY");
  expect(client.dt.counters.faults).toBe(0);
  return client.lines.flatMap((line): string[] => {
    if (!("payload" in line)) return [];
    switch (line.event_type) {
      case "llm.called":
        return [`llm ${line.payload.model}${line.payload.streaming === true ? " streams" : ""}`];
      case "llm.responded": {
        const { prompt_tokens, completion_tokens, finish_reason, error_type } = line.payload;
        const error = error_type === undefined ? "" : ` !${error_type}`;
        return [`llm ${prompt_tokens ?? "?"}/${completion_tokens ?? "?"} ${finish_reason ?? "?"}${error}`];
      }
      case "tool.called":
        return [`tool ${line.payload.tool_name}`];
      case "tool.responded":
        return [`tool ${line.payload.tool_name} ${line.payload.success ? "ok" : `!${line.payload.error_type}`}`];
      case "run.completed":
        return [`${line.payload.exit_reason}`];
      case "run.errored":
        return [`${line.payload.exit_reason} ${line.payload.error_type}`];
      default:
        return [];
    }
  });
}
