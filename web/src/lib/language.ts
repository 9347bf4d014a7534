import { Observable } from "@/lib/observable";
import { remembered } from "@/lib/remembered";

export const LANGUAGES = ["en", "id", "pt"] as const;
export type Language = (typeof LANGUAGES)[number];

export const LANGUAGE_NAMES: Record<Language, string> = { en: "English", id: "Bahasa Indonesia", pt: "Português" };

const kept = remembered<Language>("language", (value) => LANGUAGES.find((known) => known === value) ?? preferred());

/** What the page is shown in. Without a choice, the first language of the browser that we speak. */
export const language = new Observable<Language>(kept.read());

export function chooseLanguage(chosen: Language): void {
  kept.write(chosen);
  language.set(chosen);
}

function preferred(): Language {
  const spoken = navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase());
  return spoken.flatMap((tag) => LANGUAGES.filter((known) => known === tag))[0] ?? "en";
}
