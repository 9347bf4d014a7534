/** A colour as it is written in the tokens: OKLCH, lightness 0..1, chroma, hue in degrees. */
export interface Oklch {
  lightness: number;
  chroma: number;
  hue: number;
}

/** One name, with its value in each theme. */
export interface ColourToken {
  name: string;
  light: Oklch;
  dark: Oklch;
}

const NUMBERS = String.raw`oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)`;
const TOKEN = new RegExp(String.raw`--color-([a-z-]+): (?:light-dark\(${NUMBERS}, ${NUMBERS}\)|${NUMBERS});`, "g");

/** The opaque colours that a style sheet names, in its order. */
export function readColours(css: string): ColourToken[] {
  return [...css.matchAll(TOKEN)].map(([, name = "", ...parts]) => {
    const [light, dark, both] = [0, 3, 6].map((first) => colourOf(parts.slice(first, first + 3)));
    return { name, light: light ?? both ?? BLACK, dark: dark ?? both ?? BLACK };
  });
}

const BLACK: Oklch = { lightness: 0, chroma: 0, hue: 0 };

function colourOf([lightness, chroma, hue]: readonly (string | undefined)[]): Oklch | null {
  if (lightness === undefined) return null;
  return { lightness: Number(lightness), chroma: Number(chroma), hue: Number(hue) };
}

/** Contrast of two colours, 1..21, by WCAG 2.2 (relative luminance). */
export function contrast(one: Oklch, other: Oklch): number {
  const [brighter = 0, darker = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return (brighter + 0.05) / (darker + 0.05);
}

/** Relative luminance 0..1 of what a screen of the sRGB space shows. Conversion: Ottosson, "A perceptual color space", 2020. */
function luminance({ lightness, chroma, hue }: Oklch): number {
  const angle = (hue * Math.PI) / 180;
  const [a, b] = [chroma * Math.cos(angle), chroma * Math.sin(angle)];
  const long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const red = within(4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short);
  const green = within(-1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short);
  const blue = within(-0.0041960863 * long - 0.7034186147 * middle + 1.707614701 * short);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function within(channel: number): number {
  return Math.min(1, Math.max(0, channel));
}
