import { type ColourToken, contrast } from "./colour";

const GROUNDS = ["desk", "panel", "raised", "well"];
const INKS = ["ink", "ink-soft", "ink-faint", "signal-ink", "done-ink", "waiting-ink", "failed-ink", "on-signal"];
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
  const names = groundsOf(colour.name);
  const grounds = all.filter(({ name }) => names.includes(name));
  if (grounds.length === 0) return null;
  const least = (theme: "light" | "dark") =>
    Math.min(...grounds.map((ground) => contrast(colour[theme], ground[theme])));
  return { light: least("light"), dark: least("dark") };
}

function groundsOf(name: string): readonly string[] {
  if (name === "on-signal") return ["signal"];
  if (INKS.includes(name)) return GROUNDS;
  return FILLS.includes(name) ? ["panel", "well"] : [];
}

export function isEnough(purpose: Purpose, ratio: number): boolean {
  return purpose !== "ink" && purpose !== "fill" ? true : ratio >= LEAST[purpose];
}
