import { type DataFrame, EventBusSrv, type PanelData, type PanelPlugin } from "@grafana/data";
import type { DataQuery } from "@grafana/schema";
import { useEffect, useState } from "react";
import { panelDataOf, requestOf, responsesOf } from "./asking";
import { framesOf } from "./lokiAnswer";
import { PanelOptions } from "./PanelOptions";
import { loadPanel } from "./plugins";
import { datasource } from "./services";

const bus = new EventBusSrv();

/**
 * One panel over the frames of a query: `/panel/<id>?query=<json>&options=<json>&from=<ms>&to=<ms>`; with `edit` beside its
 * options; over the lines of a file instead: `lines=<address>`.
 */
export function PanelRoute({ id, params }: { readonly id: string; readonly params: URLSearchParams }) {
  const [plugin, setPlugin] = useState<PanelPlugin>();
  const [data, setData] = useState<PanelData>();
  const [options, setOptions] = useState<object>(() => objectOf(params.get("options")));
  const key = params.toString();
  useEffect(() => {
    loadPanel(id).then(setPlugin);
  }, [id]);
  useEffect(() => {
    const asked = new URLSearchParams(key);
    const file = asked.get("lines");
    if (file !== null) {
      const request = requestOf([], rangeOf(asked));
      setData(panelDataOf(request, undefined));
      linesFrame(file).then((frame) => {
        performance.mark("panel-data");
        setData(panelDataOf(request, { data: [frame] }));
      });
      return undefined;
    }
    const request = requestOf(queriesOf(asked.get("query")), rangeOf(asked));
    setData(panelDataOf(request, request.targets.length === 0 ? { data: [] } : undefined));
    if (request.targets.length === 0) return undefined;
    let subscription: { unsubscribe(): void } | undefined;
    datasource(asked.get("ds") ?? "dunetrace").then((api) => {
      subscription = responsesOf(api, request).subscribe((response) => setData(panelDataOf(request, response)));
    });
    return () => subscription?.unsubscribe();
  }, [key]);
  if (plugin?.panel == null || data === undefined) return null;
  const Panel = plugin.panel;
  return (
    <>
      <section aria-label="Panel" data-state={data.state} style={{ width: 1200, maxWidth: "100%", height: 700 }}>
        <Panel
          id={1}
          data={data}
          timeRange={data.timeRange}
          timeZone="utc"
          options={{ ...plugin.defaults, ...options }}
          fieldConfig={{ defaults: {}, overrides: [] }}
          width={Math.min(1200, window.innerWidth - 32)}
          height={700}
          transparent={false}
          title="Panel"
          renderCounter={1}
          eventBus={bus}
          replaceVariables={(text) => text}
          onOptionsChange={setOptions}
          onFieldConfigChange={() => undefined}
          onChangeTimeRange={() => undefined}
        />
      </section>
      {params.has("edit") && <PanelOptions plugin={plugin} options={options} onChange={setOptions} />}
    </>
  );
}

/** Lines as Grafana's Loki datasource gives them. */
async function linesFrame(file: string): Promise<DataFrame> {
  const lines = (await (await fetch(file)).text()).trimEnd().split("\n");
  const values = lines.map((line, at): [string, string] => [`${BigInt(at) * 1_000_000n}`, line]);
  const [frame] = framesOf({ resultType: "streams", result: [{ stream: {}, values }] }, "A", "{}");
  if (frame === undefined) throw new Error("There are no lines");
  return frame;
}

function rangeOf(params: URLSearchParams) {
  const to = Number(params.get("to") ?? Date.now());
  return { from: Number(params.get("from") ?? to - 86_400_000), to };
}

function objectOf(json: string | null): object {
  const value: unknown = JSON.parse(json ?? "{}");
  return typeof value === "object" && value !== null ? value : {};
}

function queriesOf(json: string | null): DataQuery[] {
  return json === null ? [] : [{ refId: "A", ...objectOf(json) }];
}
