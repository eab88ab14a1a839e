import { Field, Input } from "@grafana/ui";
import { type KeyboardEvent, useEffect, useId, useState } from "react";

export interface TextFieldProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly onCommit: (value: string | undefined) => void;
  readonly placeholder?: string;
  readonly description?: string;
  readonly width?: number;
  /** What is wrong with a text; undefined when nothing is. Such a text is not taken over. */
  readonly problemOf?: (text: string) => string | undefined;
}

/** A text that is taken over on Enter and when the field is left, so that no query runs for half a word. */
export function TextField({
  label,
  value = "",
  onCommit,
  placeholder,
  description,
  width = 24,
  problemOf,
}: TextFieldProps) {
  const id = useId();
  const [draft, setDraft] = useState(value);
  useEffect(() => setDraft(value), [value]);
  const problem = draft.trim() === "" ? undefined : problemOf?.(draft.trim());
  const commit = (): void => {
    const text = draft.trim();
    if (problem === undefined && text !== value) onCommit(text === "" ? undefined : text);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Enter") commit();
  };
  return (
    <Field
      noMargin
      label={label}
      htmlFor={id}
      description={description}
      invalid={problem !== undefined}
      error={problem}
    >
      <Input
        id={id}
        width={width}
        value={draft}
        placeholder={placeholder}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onBlur={commit}
        onKeyDown={onKeyDown}
      />
    </Field>
  );
}
