import type { QuestionKind } from "../../logql/ask";
import { AskView, type AskViewProps } from "./AskView";
import { Loading } from "./Loading";

export interface PartViewProps<K extends QuestionKind> extends AskViewProps<K> {
  /** The page already says that nothing can be read: once is enough. */
  readonly isFailing: boolean;
}

/** A part of a page that asks for itself: its failure is told only where the page as a whole does not fail. */
export function PartView<K extends QuestionKind>({ isFailing, ...props }: PartViewProps<K>) {
  const { asked, rows, children } = props;
  if (!isFailing) return <AskView {...props} />;
  if (asked.data === undefined) return <Loading {...(rows === undefined ? {} : { rows })} />;
  return <>{children(asked.data)}</>;
}
