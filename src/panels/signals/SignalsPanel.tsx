import type { PanelProps } from "@grafana/data";
import { PanelDataErrorView } from "@grafana/runtime";
import { useMemo } from "react";
import { SIGNAL_FIELDS, signalsFromFrames } from "../../components/frames/signalsFromFrames";
import { SignalList } from "../../components/signalList";
import { t } from "../../components/text";
import type { SignalsPanelOptions } from "./options";

/** Signals of any frame with the fields that the README names. */
export function SignalsPanel({ id, data, fieldConfig, options, timeZone, height }: PanelProps<SignalsPanelOptions>) {
  const { signals, missing, skipped } = useMemo(() => signalsFromFrames(data.series), [data.series]);
  if (missing.length > 0) {
    const message = t(
      "signalsPanel.missing",
      "No signals can be read: the data has no field {{missing}}. A frame of signals needs {{all}}; the query type Signals of the Dunetrace agents data source makes one.",
      { missing: missing.join(", "), all: SIGNAL_FIELDS.join(", ") },
    );
    return <PanelDataErrorView panelId={id} data={data} fieldConfig={fieldConfig} message={message} />;
  }
  if (signals.length === 0) {
    const message =
      skipped > 0
        ? t("signalsPanel.skipped", "No row of the data is a signal: each needs a run, a type and a severity.")
        : t("signalsPanel.none", "No signals in this time. Nothing fired, or no run has ended yet.");
    return <PanelDataErrorView panelId={id} data={data} fieldConfig={fieldConfig} message={message} />;
  }
  return <SignalList signals={signals} shadow={options.shadow} timeZone={timeZone} height={height} />;
}
