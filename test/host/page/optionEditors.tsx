import type { StandardEditorProps, StandardEditorsRegistryItem } from "@grafana/data";
import { Input, RadioButtonGroup, Switch } from "@grafana/ui";
import type { ComponentType } from "react";

type Props = StandardEditorProps<unknown, { readonly options?: readonly Choice[] }>;
interface Choice {
  readonly label: string;
  readonly value: unknown;
}

const TextEditor = ({ id, value, onChange }: Props) => (
  <Input id={id} value={String(value ?? "")} onChange={({ currentTarget }) => onChange(currentTarget.value)} />
);

const NumberEditor = ({ id, value, onChange }: Props) => (
  <Input
    id={id}
    type="number"
    value={String(value ?? "")}
    onChange={({ currentTarget }) => onChange(Number(currentTarget.value))}
  />
);

const BooleanEditor = ({ id, value, onChange }: Props) => (
  <Switch id={id} value={value === true} onChange={({ currentTarget }) => onChange(currentTarget.checked)} />
);

const RadioEditor = ({ id, value, onChange, item }: Props) => (
  <RadioButtonGroup id={id} value={value} options={[...(item.settings?.options ?? [])]} onChange={onChange} />
);

const NoEditor = () => null;

const OURS: Readonly<Record<string, ComponentType<Props>>> = {
  boolean: BooleanEditor,
  number: NumberEditor,
  radio: RadioEditor,
  text: TextEditor,
};

/** Options of panels name the editors they are changed with: those our panels use, and blanks for the rest. */
export function optionEditors(): StandardEditorsRegistryItem[] {
  const ids = [...Object.keys(OURS), "color", "multi-select", "select", "slider", "unit"];
  return ids.map((id) => ({ id, name: id, editor: OURS[id] ?? NoEditor }));
}
