import { expect, test } from "vitest";

import { english } from "./en";
import { strings as indonesian } from "./id";
import { strings as portuguese } from "./pt";

type Texts = Record<string, Record<string, string>>;

const placeholders = (text: string) => (text.match(/\{\{[^}]+\}\}|<\/?\d+>/g) ?? []).sort();

test.each([
  ["id", indonesian],
  ["pt", portuguese],
])("every text of English has one in %s, with the same places to fill in", (_, strings: Texts) => {
  for (const [namespace, texts] of Object.entries(english as Texts)) {
    const translated = strings[namespace] ?? {};
    expect(Object.keys(translated).sort()).toEqual(Object.keys(texts).sort());
    for (const [key, text] of Object.entries(texts)) {
      expect(translated[key]?.trim(), `${namespace}:${key}`).not.toBe("");
      expect(placeholders(translated[key] ?? ""), `${namespace}:${key}`).toEqual(placeholders(text));
    }
  }
});
