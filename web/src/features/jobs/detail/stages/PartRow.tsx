import { useTranslation } from "react-i18next";

import { Lamp } from "@/components/ui/Lamp";
import { classes } from "@/lib/classes";

import type { Part } from "../../model/job";
import { partStateWord, toneOfPart } from "../../model/rail";
import { ErrorText } from "../FailurePanel";

/** One item: its number, how far it is, and what it says. */
export function PartRow({ part }: { part: Part }) {
  const { t } = useTranslation("job");
  const { t: tJobs } = useTranslation("jobs");
  return (
    <div className="grid gap-1 py-1.5 text-small">
      <div className="grid grid-cols-[4.5rem_minmax(0,1fr)_auto] items-center gap-3 sm:grid-cols-[4.5rem_8rem_minmax(0,1fr)_7rem]">
        <span className="figures">{t("itemName", { number: (part.item ?? 0) + 1 })}</span>
        <span aria-hidden className="h-1.5 overflow-hidden rounded-hair bg-well ring-1 ring-line ring-inset">
          <span
            className={classes(
              "block h-full origin-left transition-transform duration-200",
              part.state === "failed" ? "bg-failed" : part.state === "completed" ? "bg-done" : "bg-signal-strong",
            )}
            style={{ transform: `scaleX(${part.state === "completed" ? 1 : part.progress / 100})` }}
          />
        </span>
        <span className="strip hidden truncate sm:block" title={part.message ?? undefined}>
          {part.attempt > 1 && `${t("try", { number: part.attempt })} `}
          {part.state === "active" && part.message}
        </span>
        <Lamp tone={toneOfPart(part.state)}>{partStateWord(tJobs, part.state, part.progress)}</Lamp>
      </div>
      {part.error !== null && (
        <div className="grid gap-1 border-l-2 border-failed pl-3">
          <ErrorText error={part.error} />
        </div>
      )}
    </div>
  );
}
