import { lengthOf } from "./validation";

const WORDS_A_MINUTE = 150;
/** A text field that holds more than this makes a browser stutter. */
export const LONGEST_SHOWN_CHARACTERS = 200_000;
export const LARGEST_FILE_BYTES = 50_000_000;
const LONGEST_SEGMENTED_CHARACTERS = 100_000;

export interface Figures {
  characters: number;
  words: number;
  /** A guess, at the pace of somebody who reads aloud. */
  seconds: number;
}

export function figuresOf(text: string, rate: number): Figures {
  const words = text.length <= LONGEST_SEGMENTED_CHARACTERS ? wordsByLanguage(text) : wordsBySpaces(text);
  return { characters: lengthOf(text), words, seconds: (words / WORDS_A_MINUTE / rate) * 60 };
}

/** Knows the words of languages that are written without spaces. */
function wordsByLanguage(text: string): number {
  let words = 0;
  for (const { isWordLike } of new Intl.Segmenter(undefined, { granularity: "word" }).segment(text)) {
    if (isWordLike === true) words += 1;
  }
  return words;
}

function wordsBySpaces(text: string): number {
  let [words, isInside] = [0, false];
  for (let at = 0; at < text.length; at += 1) {
    const isLetter = text.charCodeAt(at) > 32;
    if (isLetter && !isInside) words += 1;
    isInside = isLetter;
  }
  return words;
}

/** The beginning of a text, never half of a character. */
export function beginningOf(text: string, characters: number): string {
  let end = 0;
  for (let taken = 0; taken < characters && end < text.length; taken += 1) {
    end += (text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1;
  }
  return text.slice(0, end);
}

export function isTextFile(file: File): boolean {
  return file.type.startsWith("text/") || /\.(txt|md|markdown)$/i.test(file.name);
}

/** Null where the bytes are no text. */
export async function readTextFile(file: File): Promise<string | null> {
  const text = await file.text();
  return text.includes("\0") || text.includes("\ufffd") ? null : text;
}
