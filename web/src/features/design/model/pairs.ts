import { type ColourToken, contrast } from "./colour";

const GROUNDS = ["desk", "panel", "raised", "well"];
const INKS = ["ink", "ink-soft", "ink-faint", "signal-ink", "done-ink", "waiting-ink", "failed-ink"];
const FILLS = ["signal-strong", "done", "waiting", "failed", "idle", "line-strong", "focus"];

/** WCAG 2.2: of text, and of what is no text but must be seen. */
const LEAST = { ink: 4.5, fill: 3 } as const;

export type Purpose = "ground" | "ink" | "fill" | "other";

export function purposeOf(name: string): Purpose {
  if (GROUNDS.includes(name)) return "ground";
  if (INKS.includes(name)) return "ink";
  return FILLS.includes(name) ? "fill" : "other";
}

/** The least contrast of a colour with what it may stand on, in each theme; null where it stands on nothing. */
export function leastContrast(
  colour: ColourToken,
  all: readonly ColourToken[],
): { light: number; dark: number } | null {
  const purpose = purposeOf(colour.name);
  if (purpose !== "ink" && purpose !== "fill") return null;
  const grounds = all.filter(({ name }) =>
    purpose === "ink" ? GROUNDS.includes(name) : name === "well" || name === "panel",
  );
  const least = (theme: "light" | "dark") =>
    Math.min(...grounds.map((ground) => contrast(colour[theme], ground[theme])));
  return { light: least("light"), dark: least("dark") };
}

export function isEnough(purpose: Purpose, ratio: number): boolean {
  return purpose !== "ink" && purpose !== "fill" ? true : ratio >= LEAST[purpose];
}
