import { Combobox, type ComboboxOption, Field, MultiCombobox } from "@grafana/ui";
import { useId } from "react";
import { withChosen } from "./useSuggestions";

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly options: readonly ComboboxOption<T>[];
  readonly value: T;
  readonly onChange: (value: T) => void;
}

/** One of a few. */
export function Choice<T extends string>({ label, options, value, onChange }: ChoiceProps<T>) {
  const id = useId();
  return (
    <Field noMargin label={label} htmlFor={id}>
      <Combobox
        id={id}
        width="auto"
        minWidth={16}
        options={[...options]}
        value={value}
        onChange={(option) => onChange(option.value)}
      />
    </Field>
  );
}

interface ChoicesProps {
  readonly label: string;
  readonly options: readonly ComboboxOption<string>[];
  readonly value: readonly string[] | undefined;
  readonly placeholder: string;
  readonly onChange: (value: readonly string[] | undefined) => void;
}

/** Any number of values: suggested ones, variables, or whatever is typed in. */
export function Choices({ label, options, value = [], placeholder, onChange }: ChoicesProps) {
  const id = useId();
  return (
    <Field noMargin label={label} htmlFor={id}>
      <MultiCombobox
        id={id}
        width="auto"
        minWidth={20}
        maxWidth={60}
        placeholder={placeholder}
        options={withChosen(options, value)}
        value={[...value]}
        onChange={(chosen) => onChange(chosen.length === 0 ? undefined : chosen.map((option) => option.value))}
        createCustomValue
        isClearable
      />
    </Field>
  );
}
