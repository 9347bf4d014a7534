import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { Ago } from "@/components/ui/Ago";
import { language } from "@/lib/language";
import { useObservable } from "@/lib/observable";

import { JobLamp } from "../components/JobLamp";
import type { Job } from "../model/job";
import { pipelinesQuery } from "../model/queries";
import { JobActions } from "./JobActions";
import { JobName } from "./JobName";
import { PriorityChoice } from "./PriorityChoice";

export function JobHead({ job }: { job: Job }) {
  const { t } = useTranslation("job");
  const product = useProduct(job.pipeline);
  return (
    <header className="mb-6 flex flex-wrap items-end justify-between gap-x-6 gap-y-4">
      <div className="min-w-0 grow basis-96">
        <JobLamp state={job.state} />
        <JobName job={job} />
        <div className="mt-1 flex flex-wrap items-center gap-x-4 gap-y-1 text-small text-ink-soft">
          <span>{product?.title ?? job.pipeline.replaceAll("_", " ")}</span>
          <span>
            {t("madeAt")} <Ago moment={job.created_at} />
          </span>
          <PriorityChoice job={job} />
        </div>
      </div>
      <JobActions job={job} />
    </header>
  );
}

/** What the job was made with, as the pipelines of this installation describe themselves; it may be no longer installed. */
export function useProduct(kind: string) {
  const { data } = useQuery(pipelinesQuery(useObservable(language)));
  return data?.find((pipeline) => pipeline.kind === kind);
}
