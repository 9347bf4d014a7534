import { screen } from "@testing-library/react";

import type { AssetFieldProps } from "@/features/create/asset-field";
import { CreatePage } from "@/features/create/CreatePage";
import type { User } from "@/lib/session";
import { ANN, show } from "@/testing/render";

/** The id of the asset that the stand-in for the library gives. */
export const CHOSEN = `asset_${"a".repeat(26)}`;
/** What is shown where the page of the job would be. */
export const STARTED = "elsewhere";

/** In place of the library: one button that chooses a file. */
function AssetField({ label, kind, error, value, onChange }: AssetFieldProps) {
  return (
    <div>
      <button type="button" onClick={() => onChange(CHOSEN)}>{`Choose ${kind}: ${label}`}</button>
      <span>{value ?? "no file"}</span>
      {error !== undefined && <p role="alert">{error}</p>}
    </div>
  );
}

export function openCreate(at: string, user: User = ANN) {
  Element.prototype.scrollIntoView = () => undefined; // jsdom has none
  return show(<CreatePage AssetField={AssetField} />, { path: "/new/:pipeline?", at, user });
}

export const scriptField = () => screen.findByRole("textbox", { name: "What is said" });
export const startButton = () => screen.getByRole("button", { name: "Start" });
