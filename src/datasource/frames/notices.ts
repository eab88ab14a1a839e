import { t } from "../../components/text";
import type { Cut } from "../../logql/readers";
import type { FrameNotice } from "./frame";

/** What an answer leaves out, in sentences. */
export function cutNotices(cut: Cut | undefined): readonly FrameNotice[] {
  if (cut === undefined) return [];
  const at = new Date(Number(cut.at / 1_000_000n)).toISOString();
  const text =
    cut.reason === "lines"
      ? t(
          "datasource.cut.lines",
          "Not everything was read: there are more lines than may be asked for, up to {{at}}. Take a shorter time range.",
          { at },
        )
      : t(
          "datasource.cut.instant",
          "Not everything was read: more lines than Loki hands out at once share the time {{at}}.",
          { at },
        );
  return [{ severity: "warning", text }];
}

/** Says that a list goes on. */
export function moreNotice(shown: number, more: boolean): readonly FrameNotice[] {
  if (!more) return [];
  const text = t(
    "datasource.more",
    "The first {{shown}} rows are shown, there are more: raise the limit or take a shorter time range.",
    {
      shown,
    },
  );
  return [{ severity: "info", text }];
}

export function differNotice(count: number): readonly FrameNotice[] {
  if (count === 0) return [];
  const text = t(
    "datasource.differ",
    "In {{count}} rows what was recorded and what is computed now differ: see the column “Differs”.",
    {
      count,
    },
  );
  return [{ severity: "info", text }];
}
