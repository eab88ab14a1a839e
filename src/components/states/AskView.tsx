import type { ReactNode } from "react";
import type { AnswerOf, QuestionKind } from "../../logql/ask";
import type { Asked } from "../environment";
import { Failed } from "./Failed";
import { Loading } from "./Loading";

export interface AskViewProps<K extends QuestionKind> {
  /** What is asked for, for messages: "The runs". */
  readonly what: string;
  readonly asked: Asked<K>;
  readonly rows?: number;
  readonly children: (data: AnswerOf<K>) => ReactNode;
}

/** The states of one question: loading, failed, failed with older data below, and the data. Empty is up to the view. */
export function AskView<K extends QuestionKind>({ what, asked, rows, children }: AskViewProps<K>) {
  const { data, error, again } = asked;
  if (data === undefined) {
    if (error !== undefined) return <Failed what={what} error={error} again={again} />;
    return <Loading {...(rows === undefined ? {} : { rows })} />;
  }
  return (
    <>
      {error !== undefined && <Failed what={what} error={error} again={again} stale />}
      {children(data)}
    </>
  );
}
