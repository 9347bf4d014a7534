import { useTranslation } from "react-i18next";

import { classes } from "@/lib/classes";

import { Part, Shown } from "./Part";

const HEADS = ["text-display", "text-title", "text-lead"];
const SIZES = [...HEADS, "text-body", "text-small", "text-tiny"];

export function Type() {
  const { t } = useTranslation("design");
  return (
    <Part title={t("type")} lead={t("typeLead")}>
      <div className="grid gap-5 rounded-panel border border-line bg-panel p-5">
        {SIZES.map((size) => (
          <Shown key={size} name={size}>
            <p className={classes(size, "break-words", HEADS.includes(size) && "font-semibold")}>{t("pangram")}</p>
          </Shown>
        ))}
        <Shown name="strip">
          <p className="strip">{t("strip")}</p>
        </Shown>
        <Shown name="figures">
          <p className="figures">{t("figures")}</p>
        </Shown>
      </div>
    </Part>
  );
}
