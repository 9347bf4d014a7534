import i18next from "i18next";
import { afterEach, expect, test, vi } from "vitest";

import { chooseLanguage } from "@/lib/language";
import { english } from "@/strings/en";
import { strings as indonesian } from "@/strings/id";

import { loadTexts } from "./i18n";

afterEach(() => chooseLanguage("en"));

test("the texts of a page follow the language that is chosen", async () => {
  await loadTexts("history");
  expect(i18next.t("history:title")).toBe(english.history.title);
  chooseLanguage("id");
  await vi.waitFor(() => expect(i18next.t("history:title")).toBe(indonesian.history.title));
  expect(document.documentElement.lang).toBe("id");
});

test("texts that cannot be loaded keep their page from being shown", async () => {
  // @ts-expect-error there is no such file
  await expect(loadTexts("nowhere")).rejects.toThrow("The texts of this page could not be loaded.");
});
