import { Observable } from "@/lib/observable";
import { remembered } from "@/lib/remembered";

export const THEMES = ["system", "dark", "light"] as const;
export type Theme = (typeof THEMES)[number];

const kept = remembered<Theme>("theme", (value) => THEMES.find((known) => known === value) ?? "system");

export const theme = new Observable<Theme>(kept.read());

export function chooseTheme(chosen: Theme): void {
  kept.write(chosen);
  theme.set(chosen);
  applyTheme();
}

/** Tells the styles; `system` leaves it to the browser. */
export function applyTheme(): void {
  const chosen = theme.get();
  if (chosen === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = chosen;
}
