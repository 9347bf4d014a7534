import i18next, { type BackendModule } from "i18next";
import { initReactI18next } from "react-i18next";

import { language, type Language } from "@/lib/language";
import type { Strings } from "@/strings/en";
import { common } from "@/strings/en/common";
import { jobs } from "@/strings/en/jobs";
import { news } from "@/strings/en/news";

export const DEFAULT_NAMESPACE = "common";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: typeof DEFAULT_NAMESPACE;
    resources: Strings;
    returnNull: false;
    enableSelector: false;
  }
}

export type Namespace = keyof Strings;
type Texts = Record<string, string>;

/** What every page says comes with the program; the rest when a page first needs it. */
const EVERYWHERE = { common, jobs, news };
const FILES = import.meta.glob<Record<string, Texts>>([
  "../strings/*/*.ts",
  "!../strings/*/index.ts",
  "!../strings/en/{common,jobs,news}.ts",
]);

const textFiles: BackendModule = {
  type: "backend",
  callbackApi: true,
  init: () => undefined,
  read(tag, namespace, callback) {
    loadFile(tag, namespace).then(
      (texts) => callback(null, texts),
      (failure: unknown) => callback(failure instanceof Error ? failure : String(failure), null),
    );
  },
};

async function loadFile(tag: string, namespace: string): Promise<Texts> {
  const file = await FILES[`../strings/${tag}/${namespace}.ts`]?.();
  const texts = file?.[namespace];
  if (texts === undefined) throw new Error(`There are no texts "${namespace}" in the language "${tag}".`);
  return texts;
}

let started: Promise<void> | null = null;

/** Starts with the language of this browser, and follows the choice. */
export function startTranslating(): Promise<void> {
  started ??= start();
  return started;
}

async function start(): Promise<void> {
  language.watch(() => void show(language.get()));
  document.documentElement.lang = language.get();
  await i18next
    .use(initReactI18next)
    .use(textFiles)
    .init({
      lng: language.get(),
      fallbackLng: "en",
      ns: Object.keys(EVERYWHERE),
      defaultNS: DEFAULT_NAMESPACE,
      resources: { en: EVERYWHERE },
      partialBundledLanguages: true,
      interpolation: { escapeValue: false },
    });
}

async function show(chosen: Language): Promise<void> {
  await i18next.changeLanguage(chosen);
  document.documentElement.lang = chosen;
}

/** Has the texts of a page at hand before it is shown. Raises what the loading of their files raised. */
export async function loadTexts(...namespaces: Namespace[]): Promise<void> {
  await startTranslating();
  await new Promise<void>((resolve, reject) => {
    void i18next.loadNamespaces(namespaces, (failure: unknown) => {
      if (failure === undefined || failure === null) resolve();
      else reject(new Error("The texts of this page could not be loaded. Load the page anew.", { cause: failure }));
    });
  });
}
