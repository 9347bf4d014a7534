import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { Failure } from "@/components/errors/Failure";
import { Ago } from "@/components/ui/Ago";
import { Loading } from "@/components/ui/Empty";
import { paths } from "@/config/paths";

import { type Job, nameOf } from "../../model/job";
import { usePipelineTitles } from "../../model/titles";
import { finishedQuery, type Medium, mediumOf } from "../model/board";
import { Poster } from "./Poster";

export function FinishedLately() {
  const { t } = useTranslation("dashboard");
  const { data, error, refetch } = useQuery(finishedQuery);
  if (data === undefined)
    return error === null ? (
      <Loading label={t("loading")} />
    ) : (
      <Failure failure={error} onRetry={() => void refetch()} />
    );
  if (data.jobs.length === 0) return null;
  return (
    <section aria-labelledby="finished">
      <header className="mb-3 flex items-baseline justify-between gap-4">
        <h2 id="finished" className="font-semibold">
          {t("finished")}
        </h2>
        <Link to={`${paths.history}?state=succeeded`} className="text-small text-ink-soft hover:underline">
          {t("moreFinished")}
        </Link>
      </header>
      <ul className="grid grid-cols-2 gap-4 md:grid-cols-3 xl:grid-cols-4">
        {data.jobs.map((job) => (
          <FinishedJob key={job.id} job={job} />
        ))}
      </ul>
    </section>
  );
}

function FinishedJob({ job }: { job: Job }) {
  const { t } = useTranslation("dashboard");
  const titleOf = usePipelineTitles();
  const name = nameOf(job);
  const words: Record<Medium, string> = {
    video: t("watch", { name }),
    audio: t("listen", { name }),
    other: t("openOf", { name }),
  };
  return (
    <li className="min-w-0">
      <Link to={paths.job(job.id)} aria-label={words[mediumOf(job)]} className="group block rounded-panel">
        <Poster job={job} />
        <p dir="auto" title={name} className="mt-2 truncate text-left font-medium group-hover:underline">
          {name}
        </p>
      </Link>
      <p className="truncate text-small text-ink-faint">
        {titleOf(job.pipeline)}
        {job.finished_at !== null && (
          <>
            {" · "}
            <Ago moment={job.finished_at} />
          </>
        )}
      </p>
    </li>
  );
}
