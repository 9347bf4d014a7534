import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";

import { Failure } from "@/components/errors/Failure";
import { LinkButton } from "@/components/ui/Button";
import { Empty, Loading } from "@/components/ui/Empty";
import { paths } from "@/config/paths";
import { Problem } from "@/lib/problem";
import { useTitle } from "@/lib/scope";

import { nameOf } from "../model/job";
import { jobQuery } from "../model/queries";
import { JobDesk } from "./JobDesk";

/** No fact tells that a job was deleted elsewhere: it is looked for from time to time. */
const LOOK_AGAIN_MS = 30_000;

/** One job: what it does at this moment, what it made, and all that can be done with it. */
export function JobPage() {
  const { jobId = "" } = useParams();
  return <JobOf key={jobId} jobId={jobId} />;
}

function JobOf({ jobId }: { jobId: string }) {
  const { t } = useTranslation("job");
  const {
    data: job,
    error,
    refetch,
  } = useQuery({
    ...jobQuery(jobId),
    refetchOnWindowFocus: "always",
    refetchInterval: ({ state }) => (isGone(state.error) ? false : LOOK_AGAIN_MS),
  });
  const running = job?.state === "running" && t("titleRunning", { percent: job.progress, name: nameOf(job) });
  useTitle(running || (job === undefined ? t("title") : nameOf(job)));
  if (isGone(error)) return <Gone />;
  if (job !== undefined) return <JobDesk job={job} />;
  if (error !== null) return <Failure failure={error} onRetry={() => void refetch()} />;
  return <Loading rows={6} label={t("loading")} />;
}

function Gone() {
  const { t } = useTranslation("job");
  return (
    <Empty title={<h1>{t("gone")}</h1>} actions={<LinkButton to={paths.history}>{t("allJobs")}</LinkButton>}>
      {t("goneHint")}
    </Empty>
  );
}

function isGone(failure: Error | null): boolean {
  return failure instanceof Problem && (failure.status === 404 || failure.status === 410);
}
