import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { Failure } from "@/components/errors/Failure";
import { paths } from "@/config/paths";

import type { JobUse } from "../model/asset";
import { jobsUsingQuery } from "../model/queries";
import { jobStateWord, pipelineName } from "../components/describe";

const MOST_SHOWN = 8;

/** The jobs that read an asset, newest first. */
export function UsedBy({ assetId }: { assetId: string }) {
  const { t } = useTranslation("assets");
  const jobs = useQuery(jobsUsingQuery(assetId));
  return (
    <section className="grid gap-2">
      <h3 className="text-small font-medium text-ink-soft">{t("usedBy")}</h3>
      {jobs.isError && <Failure failure={jobs.error} onRetry={() => void jobs.refetch()} />}
      {jobs.data?.length === 0 && <p className="text-small text-ink-faint">{t("usedByNone")}</p>}
      {jobs.data !== undefined && jobs.data.length > 0 && <JobUses jobs={jobs.data} />}
    </section>
  );
}

export function JobUses({ jobs }: { jobs: readonly JobUse[] }) {
  const { t } = useTranslation("assets");
  return (
    <ul className="grid gap-1">
      {jobs.slice(0, MOST_SHOWN).map((job) => (
        <li key={job.id}>
          <Link
            to={paths.job(job.id)}
            className="flex min-h-8 flex-wrap items-center gap-x-3 rounded-small text-small hover:underline"
          >
            <span className="font-medium">{pipelineName(job.pipeline)}</span>
            <span className="text-ink-soft">{jobStateWord(t, job.state)}</span>
            <span className="strip truncate">{job.id}</span>
          </Link>
        </li>
      ))}
      {jobs.length > MOST_SHOWN && (
        <li className="text-small text-ink-soft">{t("andMoreJobs", { count: jobs.length - MOST_SHOWN })}</li>
      )}
    </ul>
  );
}
