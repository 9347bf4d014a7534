import { useTranslation } from "react-i18next";

import { classes } from "@/lib/classes";

import type { JobSummary } from "../../model/job";
import type { Selection } from "../model/selection";
import { COLUMNS } from "./JobTableRow";

/** The names of the columns, where there is room for columns; it stays in sight. */
export function JobTableHead({ jobs, selection }: { jobs: readonly JobSummary[]; selection: Selection }) {
  const { t } = useTranslation("history");
  const isWhole = jobs.length > 0 && selection.jobs.length === jobs.length;
  return (
    <div
      role="rowgroup"
      className="sticky top-0 z-20 hidden rounded-t-panel border-b border-line bg-panel px-3 py-1.5 lg:block"
    >
      <div role="row" aria-rowindex={1} className={COLUMNS}>
        <span role="columnheader">
          <label className="grid size-9 cursor-pointer place-items-center">
            <input
              type="checkbox"
              aria-label={t("selectLoaded")}
              title={t("selectLoaded")}
              checked={isWhole}
              onChange={isWhole ? selection.clear : selection.chooseLoaded}
              className="size-4.5 accent-signal-strong"
            />
          </label>
        </span>
        <Name text={t("columnName")} />
        <Name text={t("columnState")} />
        <Name text={t("columnProgress")} />
        <Name text={t("columnTook")} className="hidden text-right xl:block" />
        <Name text={t("columnMade")} className="text-right" />
        <span role="columnheader" className="sr-only">
          {t("columnActions")}
        </span>
      </div>
    </div>
  );
}

function Name({ text, className }: { text: string; className?: string }) {
  return (
    <span role="columnheader" className={classes("strip", className)}>
      {text}
    </span>
  );
}
