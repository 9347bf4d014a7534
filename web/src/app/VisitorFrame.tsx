import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Outlet } from "react-router";

import { DrawnRails } from "@/app/DrawnRails";
import { Wordmark } from "@/app/shell/Navigation";
import { Boundary } from "@/components/errors/Boundary";
import { chooseLanguage, language, LANGUAGE_NAMES, LANGUAGES } from "@/lib/language";
import { useObservable } from "@/lib/observable";
import { chooseTheme, theme, THEMES, type Theme } from "@/lib/theme";

/** The calm frame before the studio: the page on one side, rails under way on the other. */
export function VisitorFrame() {
  return (
    <VisitorDesk>
      <Outlet />
    </VisitorDesk>
  );
}

export function VisitorDesk({ children }: { children: ReactNode }) {
  return (
    <div className="grid min-h-dvh lg:grid-cols-[minmax(0,34rem)_minmax(0,1fr)]">
      <div className="flex min-w-0 flex-col border-line bg-panel px-5 py-6 sm:px-10 lg:border-r lg:px-14 lg:py-9">
        <header>
          <Wordmark />
        </header>
        <main className="mx-auto flex w-full max-w-md grow flex-col justify-center py-10">
          <Boundary>{children}</Boundary>
        </main>
        <footer>
          <Appearance />
        </footer>
      </div>
      <DrawnRails />
    </div>
  );
}

function Appearance() {
  const { t } = useTranslation();
  const [chosenLanguage, chosenTheme] = [useObservable(language), useObservable(theme)];
  const themeWords: Record<Theme, string> = { system: t("themeSystem"), dark: t("themeDark"), light: t("themeLight") };
  const look =
    "min-h-8 rounded-small border border-line bg-transparent px-2 text-small text-ink-soft hover:border-line-strong";
  return (
    <div className="flex flex-wrap gap-2">
      <select
        aria-label={t("language")}
        value={chosenLanguage}
        onChange={(event) => LANGUAGES.filter((known) => known === event.target.value).forEach(chooseLanguage)}
        className={look}
      >
        {LANGUAGES.map((known) => (
          <option key={known} value={known}>
            {LANGUAGE_NAMES[known]}
          </option>
        ))}
      </select>
      <select
        aria-label={t("theme")}
        value={chosenTheme}
        onChange={(event) => THEMES.filter((known) => known === event.target.value).forEach(chooseTheme)}
        className={look}
      >
        {THEMES.map((known) => (
          <option key={known} value={known}>
            {themeWords[known]}
          </option>
        ))}
      </select>
    </div>
  );
}
