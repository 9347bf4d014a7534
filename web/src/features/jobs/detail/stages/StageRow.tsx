import { ChevronRight } from "lucide-react";
import { useTranslation } from "react-i18next";

import { Lamp } from "@/components/ui/Lamp";
import { classes } from "@/lib/classes";

import type { Job, Stage } from "../../model/job";
import { segmentsOf } from "../../model/rail";
import { Elapsed } from "../ProgressPanel";
import { stageElementId } from "./open-stages";
import { StageBody } from "./StageBody";

interface StageRowProps {
  job: Job;
  stage: Stage;
  isOpen: boolean;
  onToggle: () => void;
  onRetryWith: () => void;
}

/** A stage on one line, and all of it below when it is open. */
export function StageRow({ job, stage, isOpen, onToggle, onRetryWith }: StageRowProps) {
  const { t } = useTranslation("job");
  const { t: tJobs } = useTranslation("jobs");
  const [segment] = segmentsOf(tJobs, [stage], job.state);
  const tries = Math.max(0, ...stage.parts.map(({ attempt }) => attempt));
  const bodyId = `${stageElementId(stage.key)}-body`;
  return (
    <li id={stageElementId(stage.key)} className="scroll-mt-4 border-b border-line last:border-b-0">
      <h3>
        <button
          type="button"
          aria-expanded={isOpen}
          aria-controls={isOpen ? bodyId : undefined}
          onClick={onToggle}
          className="grid min-h-12 w-full grid-cols-[auto_1fr_auto] items-center gap-x-3 px-4 py-2 text-left -outline-offset-2 hover:bg-hover sm:grid-cols-[auto_1fr_auto_7.5rem_4rem] sm:px-5"
        >
          <ChevronRight
            aria-hidden
            className={classes("size-4 text-ink-faint transition-transform", isOpen && "rotate-90")}
          />
          <span className="min-w-0 font-medium break-words">{stage.label}</span>
          <span className="strip hidden sm:block">
            {tries > 1 && stage.items === null && t("try", { number: tries })}
          </span>
          {segment !== undefined && <Lamp tone={segment.tone}>{segment.spoken}</Lamp>}
          <span className="figures hidden text-right text-ink-faint sm:block">
            {stage.started_at !== null && <Elapsed from={stage.started_at} to={endOf(stage)} />}
          </span>
        </button>
      </h3>
      {isOpen && (
        <div id={bodyId} className="px-4 pt-1 pb-5 sm:pr-5 sm:pl-12">
          <StageBody job={job} stage={stage} onRetryWith={onRetryWith} />
        </div>
      )}
    </li>
  );
}

/** A stage that stands still has no time that runs: it ends with the part that ended last. */
function endOf(stage: Stage): string | null {
  if (stage.finished_at !== null || stage.state === "active") return stage.finished_at;
  const ends = stage.parts.flatMap(({ finished_at }) => finished_at ?? []).sort();
  return ends.at(-1) ?? stage.started_at;
}
