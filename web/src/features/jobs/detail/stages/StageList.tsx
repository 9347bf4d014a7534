import { useTranslation } from "react-i18next";

import type { Job } from "../../model/job";
import type { OpenStages } from "./open-stages";
import { StageRow } from "./StageRow";

interface StageListProps {
  job: Job;
  stages: OpenStages;
  onRetryWith: (stage: string) => void;
}

export function StageList({ job, stages, onRetryWith }: StageListProps) {
  const { t } = useTranslation("job");
  return (
    <section className="rounded-panel border border-line bg-panel">
      <h2 className="border-b border-line px-4 py-3 font-semibold sm:px-5">{t("stages")}</h2>
      <ol>
        {job.stages.map((stage) => (
          <StageRow
            key={stage.key}
            job={job}
            stage={stage}
            isOpen={stages.open.has(stage.key)}
            onToggle={() => stages.toggle(stage.key)}
            onRetryWith={() => onRetryWith(stage.key)}
          />
        ))}
      </ol>
    </section>
  );
}
