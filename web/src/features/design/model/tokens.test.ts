import { describe, expect, test } from "vitest";

import tokens from "@/styles/tokens.css?raw";

import { contrast, readColours } from "./colour";
import { isEnough, leastContrast, purposeOf } from "./pairs";

const COLOURS = readColours(tokens);
const WHITE = { lightness: 1, chroma: 0, hue: 0 };
const BLACK = { lightness: 0, chroma: 0, hue: 0 };

test("contrast is that of WCAG: 21 for black and white, 1 for a colour with itself", () => {
  expect(contrast(WHITE, BLACK)).toBeCloseTo(21, 3);
  expect(contrast(BLACK, WHITE)).toBeCloseTo(21, 3);
  expect(contrast(WHITE, WHITE)).toBe(1);
  // Pure red of sRGB has a relative luminance of 0.2126.
  expect(contrast({ lightness: 0.62796, chroma: 0.25768, hue: 29.234 }, BLACK)).toBeCloseTo((0.2126 + 0.05) / 0.05, 1);
});

test("colours are read with their value in each theme", () => {
  const css = "--color-a-b: light-dark(oklch(0.9 0.01 80), oklch(0.2 0 75));\n--color-c: oklch(0.5 0.1 30);";
  expect(readColours(css)).toEqual([
    { name: "a-b", light: { lightness: 0.9, chroma: 0.01, hue: 80 }, dark: { lightness: 0.2, chroma: 0, hue: 75 } },
    { name: "c", light: { lightness: 0.5, chroma: 0.1, hue: 30 }, dark: { lightness: 0.5, chroma: 0.1, hue: 30 } },
  ]);
});

describe.each(COLOURS.filter(({ name }) => ["ink", "fill"].includes(purposeOf(name))))("$name", (colour) => {
  test.each(["light", "dark"] as const)("can be read on all that it stands on, in the %s theme", (theme) => {
    const ratio = leastContrast(colour, COLOURS)?.[theme] ?? 0;
    expect(isEnough(purposeOf(colour.name), ratio), `${ratio.toFixed(2)}:1`).toBe(true);
  });
});

test("no colour of the pairs is missing from the tokens", () => {
  expect(COLOURS.filter(({ name }) => purposeOf(name) === "ink")).toHaveLength(8);
  expect(COLOURS.filter(({ name }) => purposeOf(name) === "fill")).toHaveLength(7);
  expect(COLOURS.filter(({ name }) => purposeOf(name) === "ground")).toHaveLength(4);
});
