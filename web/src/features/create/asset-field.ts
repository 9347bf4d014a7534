import type { components } from "@/generated/schema";

export type AssetKind = components["schemas"]["AssetKind"];

/**
 * A field of a form that takes a file of the library: one that is there, or one that is uploaded, recorded or cropped here.
 * The value is the id of the asset, once it is ready.
 */
export interface AssetFieldProps {
  label: string;
  hint?: string;
  error?: string;
  kind: AssetKind;
  value: string | null;
  onChange: (assetId: string | null) => void;
}
