import { useTranslation } from "react-i18next";

import { Part, Shown } from "./Part";

export function Motion() {
  const { t } = useTranslation("design");
  return (
    <Part title={t("motion")} lead={t("motionLead")}>
      <div className="grid gap-6 rounded-panel border border-line bg-panel p-5 text-small sm:grid-cols-3">
        <Shown name="animate-breathe">
          <p className="flex items-center gap-3">
            <span aria-hidden className="size-4 animate-breathe rounded-full bg-signal-strong" />
            {t("motionBreathe")}
          </p>
        </Shown>
        <Shown name="animate-turn">
          <p className="flex items-center gap-3">
            <span
              aria-hidden
              className="size-4 animate-turn rounded-full border-2 border-current border-r-transparent"
            />
            {t("motionTurn")}
          </p>
        </Shown>
        <Shown name="animate-rise">
          <p className="flex animate-rise items-center gap-3">
            <span aria-hidden className="size-4 rounded-hair border border-line-strong bg-raised" />
            {t("motionRise")}
          </p>
        </Shown>
      </div>
    </Part>
  );
}
