import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseAllDocuments } from "yaml";
import { dunetrace } from "../testing/command";
import { folderWith } from "../testing/folder";

const titles = (out: string): string[] => [...out.matchAll(/^ +- alert: (.*)$/gm)].map(([, title]) => title ?? "");

describe("dunetrace rules", () => {
  it("prints the files as one YAML stream, or writes them below a folder", async () => {
    const cwd = folderWith();
    const printed = await dunetrace(["rules"], { cwd });
    expect(printed).toMatchObject({ code: 0, err: "" });
    expect(parseAllDocuments(printed.out)).toHaveLength(5);
    const written = await dunetrace(["rules", "--out", "to/here"], { cwd });
    const files = written.out.trim().split("\n");
    expect(files).toHaveLength(5);
    const texts = files.map(
      (file) => `---\n# ${file.replace("to/here/", "")}\n${readFileSync(join(cwd, file), "utf8")}`,
    );
    expect(texts.join("")).toBe(printed.out);
  });

  it("writes one format alone", async () => {
    const cwd = folderWith();
    expect(parseAllDocuments((await dunetrace(["rules", "--format", "grafana"], { cwd })).out)).toHaveLength(3);
    expect(parseAllDocuments((await dunetrace(["rules", "--format", "ruler"], { cwd })).out)).toHaveLength(2);
  });

  it("alerts from HIGH on, and on less when asked to", async () => {
    const cwd = folderWith();
    const high = titles((await dunetrace(["rules", "--format", "ruler"], { cwd })).out);
    expect(high).toEqual(expect.arrayContaining(["Tool loop", "Other signal", "Stalled runs", "Quiet agent"]));
    expect(high).not.toContain("Tool avoidance");
    const medium = titles((await dunetrace(["rules", "--format", "ruler", "--min-severity", "medium"], { cwd })).out);
    expect(medium).toEqual(expect.arrayContaining([...high, "Tool avoidance", "First step failure, from events"]));
    // In shadow by default.
    expect(medium).not.toContain("Failure share");
  });

  it("goes by detectors.yml: shadow and thresholds, of all agents and of some", async () => {
    const detectors = `
default:
  tool_loop: { shadow: true }
support-bot:
  retry_storm: { shadow: true }
  slow_step: { tool_ms: 1000 }
`;
    const cwd = folderWith({ "own.yml": detectors });
    const { out } = await dunetrace(["rules", "--format", "ruler", "--detectors", "own.yml"], { cwd });
    expect(titles(out)).not.toContain("Tool loop");
    expect(out).toContain('{agent_id!~"support-bot", event_type="signal.detected"} |= "RETRY_STORM"');
    expect(out).toMatch(
      /\{agent_id!~"support-bot", event_type=~"tool[^}]*\}.*lat >= 75000.* or .*\{agent_id="support-bot", .*lat >= 5000 /,
    );
  });

  it("takes base selector, datasource, address of Grafana and times", async () => {
    const cwd = folderWith();
    const args = [
      "--selector",
      '{cluster="eu"}',
      "--datasource",
      "my-loki",
      "--grafana-url",
      "https://grafana.example.com/",
    ];
    const { out } = await dunetrace(["rules", ...args, "--quiet-after", "2h", "--stalled-after", "90s"], { cwd });
    // Every selector, those inside strings of templates too.
    const selectors = [...out.matchAll(/\{[^{}]*event_type=[^{}]*\}/g)].map(([text]) => text.replaceAll("\\", ""));
    expect(selectors.length).toBeGreaterThan(40);
    expect(selectors.filter((text) => !text.startsWith('{cluster="eu", '))).toEqual([]);
    expect(out).toContain("datasourceUid: my-loki");
    expect(out).not.toContain("datasourceUid: loki");
    expect(out).toContain("https://grafana.example.com/a/dunetrace-agents-app/runs/");
    expect(out).not.toContain("externalURL");
    expect(out).toContain("[2h]");
    expect(out).toContain("[90s]");
  });

  it.each([
    [["--min-severity", "HGIH"], /HIGH/],
    [["--selector", "{cluster}"], /--selector.*base selector.*expected/],
    [["--quiet-after", "30"], /--quiet-after.*30m/],
    [["--quiet-after", "24h"], /from 10s to 23h/],
    [["--stalled-after", "1h"], /from 10s to 50m/],
    [["--datasource", "a b"], /--datasource.*uid of Grafana/],
    [["--grafana-url", "grafana"], /--grafana-url.*https:/],
    [["--format", "prometheus"], /grafana, ruler, all/],
    [["--detectors", "none.yml"], /none\.yml/],
    [["--detectors", "bad.yml"], /bad\.yml.*"tool_lop".*Did you mean "tool_loop"/],
    [["--out", "bad.yml"], /Cannot make the folder bad\.yml/],
  ])("refuses %j with a reason", async (args, reason) => {
    const cwd = folderWith({ "bad.yml": "default: { tool_lop: {} }\n" });
    const { code, out, err } = await dunetrace(["rules", ...args], { cwd });
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(reason);
    expect(err.trim()).not.toContain("\n");
  });
});
