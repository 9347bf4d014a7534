import i18next from "i18next";
import { initReactI18next } from "react-i18next";

import { language, type Language } from "@/lib/language";
import { english, type Strings } from "@/strings/en";

export const DEFAULT_NAMESPACE = "common";

const LOADERS: Record<Exclude<Language, "en">, () => Promise<{ strings: Strings }>> = {
  id: () => import("@/strings/id"),
  pt: () => import("@/strings/pt"),
};

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: typeof DEFAULT_NAMESPACE;
    resources: Strings;
    returnNull: false;
    enableSelector: false;
  }
}

/** Starts with the language of this browser, and follows the choice. */
export async function startTranslating(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: "en",
    fallbackLng: "en",
    defaultNS: DEFAULT_NAMESPACE,
    resources: { en: english },
    interpolation: { escapeValue: false },
  });
  language.watch(() => void show(language.get()));
  await show(language.get());
}

async function show(chosen: Language): Promise<void> {
  if (chosen !== "en" && !i18next.hasResourceBundle(chosen, DEFAULT_NAMESPACE)) {
    const { strings } = await LOADERS[chosen]();
    for (const [namespace, texts] of Object.entries(strings)) i18next.addResourceBundle(chosen, namespace, texts);
  }
  await i18next.changeLanguage(chosen);
  document.documentElement.lang = chosen;
}
