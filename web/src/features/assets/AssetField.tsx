import type { components } from "@/generated/schema";

interface AssetFieldProps {
  label: string;
  hint?: string;
  error?: string;
  kind: components["schemas"]["AssetKind"];
  value: string | null;
  onChange: (assetId: string | null) => void;
}

export function AssetField({ label }: AssetFieldProps) {
  return <p>{label}</p>;
}
