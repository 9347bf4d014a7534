import { useTranslation } from "react-i18next";

import { Lamp } from "@/components/ui/Lamp";

import type { JobState } from "../model/job";
import { jobStateWord, toneOfJob } from "../model/rail";

export function JobLamp({ state }: { state: JobState }) {
  const { t } = useTranslation("jobs");
  return <Lamp tone={toneOfJob(state)}>{jobStateWord(t, state)}</Lamp>;
}
