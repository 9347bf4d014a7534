import type { Engine, Voice } from "./queries";

export interface VoiceGroup {
  /** The primary subtag: `pt` takes in `pt-BR`. */
  language: string;
  name: string;
  voices: readonly Voice[];
}

export function primaryOf(tag: string): string {
  return (tag.split(/[-_]/)[0] ?? tag).toLowerCase();
}

/** Voices by language, in the alphabet of the page; within a language the best engine stays first. */
export function groupsOf(voices: readonly Voice[], pageLanguage: string): VoiceGroup[] {
  const names = new Intl.DisplayNames([pageLanguage], { type: "language", fallback: "code" });
  const groups = new Map<string, Voice[]>();
  for (const voice of voices) {
    const language = primaryOf(voice.language);
    groups.set(language, [...(groups.get(language) ?? []), voice]);
  }
  return [...groups]
    .map(([language, found]) => ({ language, name: nameOf(names, language), voices: found }))
    .sort((one, other) => one.name.localeCompare(other.name, pageLanguage));
}

function nameOf(names: Intl.DisplayNames, language: string): string {
  try {
    return names.of(language) ?? language;
  } catch {
    return language; // a tag of the engine's own making
  }
}

/** What fits each word of a search, in its title, name, language or engine. */
export function found(voices: readonly Voice[], engines: readonly Engine[], search: string): Voice[] {
  const wanted = plain(search).split(/\s+/);
  const titles = new Map(engines.map((engine) => [engine.kind, engine.title]));
  return voices.filter((voice) => {
    const text = plain([voice.title, voice.name, voice.language, titles.get(voice.engine) ?? voice.engine].join(" "));
    return wanted.every((word) => text.includes(word));
  });
}

function plain(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();
}

export function keyOf({ engine, name }: { engine: string; name: string }): string {
  return `${engine}/${name}`;
}
