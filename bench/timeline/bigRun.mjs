// @ts-check
const TOOLS = ["web_search", "fetch_page", "read_file", "run_tests", "write_note"];
const START = Date.UTC(2026, 10, 20, 10);

/**
 * The lines of a run of so many steps: LLM calls and tools in turn, some side by side, some failing, loops in between.
 *
 * @param {number} steps
 * @returns {string[]}
 */
export function bigRun(steps) {
  /** @type {string[]} */
  const lines = [];
  let ms = 0;
  let step = 0;
  /** @param {string} event_type @param {object} payload @param {number} [index] */
  const add = (event_type, payload, index = step) => {
    const ts = new Date(START + ms).toISOString().replace("Z", "000Z");
    const line = {
      ts,
      level: "info",
      logger: "dunetrace",
      event_type,
      agent_id: "big",
      run_id: "big-run",
      step_index: index,
    };
    lines.push(JSON.stringify({ ...line, payload, seq: lines.length, schema: 1 }));
  };
  add("run.started", { input_hash: "2cf24dba5fb0a30e", input_length: 5, model: "gpt-4o", tools: TOOLS });
  while (step < steps) {
    step++;
    add("llm.called", { model: "gpt-4o", streaming: true });
    ms += 200 + ((step * 37) % 900);
    const answer = {
      prompt_tokens: 900 + step,
      completion_tokens: 60,
      finish_reason: "tool_calls",
      output_length: 200,
    };
    add("llm.responded", { model: "gpt-4o", ...answer, latency_ms: 200 });
    const calls = step % 50 === 0 ? 3 : 1;
    const open = [];
    for (let at = 0; at < calls && step < steps; at++) {
      step++;
      const tool_name = TOOLS[(step % 300 < 60 ? Math.floor(step / 14) : step % 7) % TOOLS.length];
      add("tool.called", { tool_name, args_hash: step % 3 === 0 ? "aaaaaaaaaaaaaaaa" : String(step), args_length: 30 });
      open.push({ tool_name, step });
    }
    ms += 50 + ((step * 53) % 400);
    for (const call of open) {
      const success = call.step % 40 !== 0;
      const error = success ? {} : { error_type: "TimeoutError", error_hash: "bbbbbbbbbbbbbbbb" };
      add("tool.responded", { tool_name: call.tool_name, success, output_length: 500, ...error }, call.step);
    }
    ms += 20;
  }
  add("run.completed", { exit_reason: "final_answer", total_steps: step });
  return lines;
}
