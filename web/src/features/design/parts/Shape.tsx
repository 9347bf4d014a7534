import { useTranslation } from "react-i18next";

import { classes } from "@/lib/classes";

import { Part, Shown } from "./Part";

const STEP_PX = 4;
const SPACES = [1, 2, 3, 4, 5, 6, 8, 12];
const CORNERS = ["rounded-hair", "rounded-small", "rounded-panel", "rounded-full"];

export function Shape() {
  const { t } = useTranslation("design");
  return (
    <Part title={t("shape")} lead={t("shapeLead")}>
      <div className="flex flex-wrap items-end gap-6 rounded-panel border border-line bg-panel p-5">
        {SPACES.map((steps) => (
          <Shown key={steps} name={`gap-${steps}`}>
            <div className="h-8 bg-idle" style={{ width: steps * STEP_PX }} />
          </Shown>
        ))}
      </div>
      <div className="mt-4 grid grid-cols-2 gap-6 rounded-panel border border-line bg-panel p-5 sm:grid-cols-5">
        {CORNERS.map((corner) => (
          <Shown key={corner} name={corner}>
            <div className={classes("h-14 border border-line-strong bg-raised", corner)} />
          </Shown>
        ))}
        <Shown name="shadow-over">
          <div className="h-14 rounded-panel border border-line bg-raised shadow-over" />
        </Shown>
      </div>
    </Part>
  );
}
