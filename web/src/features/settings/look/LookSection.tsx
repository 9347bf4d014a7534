import { useTranslation } from "react-i18next";

import { Choice } from "@/components/ui/Choice";
import { Panel } from "@/components/ui/Panel";
import { chooseLanguage, language, LANGUAGE_NAMES, LANGUAGES } from "@/lib/language";
import { useObservable } from "@/lib/observable";
import { chooseTheme, theme } from "@/lib/theme";

export function LookSection() {
  const { t } = useTranslation();
  const { t: ts } = useTranslation("settings");
  return (
    <Panel title={ts("look")} className="max-w-3xl">
      <p className="mb-5 text-small text-ink-soft">{ts("lookLead")}</p>
      <div className="grid gap-5">
        <Choice
          name="theme"
          label={t("theme")}
          value={useObservable(theme)}
          options={[
            { value: "system", label: t("themeSystem") },
            { value: "dark", label: t("themeDark") },
            { value: "light", label: t("themeLight") },
          ]}
          onChoose={chooseTheme}
        />
        <Choice
          name="language"
          label={t("language")}
          value={useObservable(language)}
          options={LANGUAGES.map((known) => ({ value: known, label: LANGUAGE_NAMES[known] }))}
          onChoose={chooseLanguage}
        />
      </div>
    </Panel>
  );
}
