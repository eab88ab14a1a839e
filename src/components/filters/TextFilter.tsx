import { FilterInput } from "@grafana/ui";
import { useEffect, useId, useRef, useState } from "react";
import { useParams } from "../environment";
import { t } from "../text";
import { Labelled } from "./Labelled";
import { useFindKey } from "./useFindKey";

/** After the last key, ms: not every letter is a question. */
const PAUSE_MS = 400;

export interface TextFilterProps {
  /** What the text is looked for in; "Search the lines" by default. */
  readonly placeholder?: string;
}

/** Any text of the lines. `/` goes to it. Enter asks at once, else a pause in typing does. */
export function TextFilter({ placeholder = t("filters.search", "Search the lines") }: TextFilterProps) {
  const id = useId();
  useFindKey(id);
  const [{ q = "" }, change] = useParams();
  const [text, setText] = useState(q);
  const sent = useRef(q);
  // Back, forward and links change the address without a key being pressed.
  useEffect(() => {
    if (q === sent.current) return;
    sent.current = q;
    setText(q);
  }, [q]);
  const send = useRef((_text: string): void => undefined);
  send.current = (value) => {
    if (value === sent.current) return;
    sent.current = value;
    change({ q: value });
  };
  useEffect(() => {
    const timer = setTimeout(() => send.current(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <Labelled id={id} label={placeholder}>
      <FilterInput
        id={id}
        width={20}
        escapeRegex={false}
        placeholder={placeholder}
        value={text}
        onChange={setText}
        onKeyDown={(event) => {
          if (event.key === "Enter") send.current(text);
        }}
      />
    </Labelled>
  );
}
