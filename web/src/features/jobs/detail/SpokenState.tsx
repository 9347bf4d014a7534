import { useTranslation } from "react-i18next";

import type { Job } from "../model/job";
import { jobStateWord, partStateWord } from "../model/rail";
import { countingStage } from "./stages/open-stages";

/** Says changes of state and stage to those who listen; never how many percent. */
export function SpokenState({ job }: { job: Job }) {
  const { t } = useTranslation("job");
  const { t: tJobs } = useTranslation("jobs");
  const stage = countingStage(job);
  const state = jobStateWord(tJobs, job.state);
  const text =
    stage === undefined || job.state === "succeeded"
      ? t("spokenBare", { state })
      : stage.state === "active"
        ? t("spokenActive", { state, stage: stage.label })
        : t("spoken", { state, stage: stage.label, stageState: partStateWord(tJobs, stage.state, 0) });
  return (
    <p role="status" className="sr-only">
      {text}
    </p>
  );
}
