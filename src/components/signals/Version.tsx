import { useTheme2 } from "@grafana/ui";

const SHOWN = 8;

/** A version as its first 8 characters; all of it on hover. */
export function Version({ version }: { readonly version: string }) {
  const { typography } = useTheme2();
  return (
    <span title={version} style={{ fontFamily: typography.fontFamilyMonospace }}>
      {version.slice(0, SHOWN)}
    </span>
  );
}
