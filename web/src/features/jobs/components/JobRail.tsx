import { useTranslation } from "react-i18next";

import { Rail } from "@/components/ui/Rail";

import { type Job, type JobSummary, nameOf } from "../model/job";
import { segmentsOf } from "../model/rail";

interface JobRailProps {
  job: Job | JobSummary;
  size?: "small" | "large";
  selected?: string | null;
  onSelect?: (stage: string) => void;
}

export function JobRail({ job, ...rest }: JobRailProps) {
  const { t } = useTranslation("jobs");
  const segments = segmentsOf(t, job.stages, job.state);
  return <Rail name={t("progressOf", { name: nameOf(job) })} percent={job.progress} segments={segments} {...rest} />;
}
