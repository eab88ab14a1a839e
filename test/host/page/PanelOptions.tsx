import { PanelOptionsEditorBuilder, type PanelPlugin } from "@grafana/data";
import { Field } from "@grafana/ui";

interface PanelOptionsProps {
  readonly plugin: PanelPlugin;
  readonly options: object;
  readonly onChange: (options: object) => void;
}

/** The options of a panel, as the side of Grafana's panel editor shows them. */
export function PanelOptions({ plugin, options, onChange }: PanelOptionsProps) {
  const builder = new PanelOptionsEditorBuilder<object>();
  plugin.getPanelOptionsSupplier()(builder, { data: [], options });
  const values: Readonly<Record<string, unknown>> = { ...plugin.defaults, ...options };
  return (
    <aside>
      {builder.getItems().map((item) => {
        const Editor = item.editor;
        const id = `option-${item.path}`;
        return (
          <Field key={item.id} label={item.name} description={item.description} htmlFor={id}>
            <Editor
              id={id}
              value={values[item.path]}
              onChange={(value: unknown) => onChange({ ...options, [item.path]: value })}
              item={item}
              context={{ data: [] }}
            />
          </Field>
        );
      })}
    </aside>
  );
}
