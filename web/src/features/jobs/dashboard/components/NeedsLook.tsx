import { useQuery } from "@tanstack/react-query";
import { RotateCcw } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { Failure } from "@/components/errors/Failure";
import { Ago } from "@/components/ui/Ago";
import { Button } from "@/components/ui/Button";
import { Loading } from "@/components/ui/Empty";
import { Panel } from "@/components/ui/Panel";
import { paths } from "@/config/paths";

import { JobRow } from "../../components/JobRow";
import { useTellRefusal } from "../../detail/refusals";
import { useRetry } from "../../model/actions";
import { type JobSummary, nameOf } from "../../model/job";
import { failedQuery } from "../model/board";

/** What failed in the last days, and why. */
export function NeedsLook() {
  const { t } = useTranslation("dashboard");
  const { data, error, refetch } = useQuery(failedQuery);
  if (data === undefined)
    return error === null ? (
      <Loading rows={2} label={t("loading")} />
    ) : (
      <Failure failure={error} onRetry={() => void refetch()} />
    );
  if (data.length === 0) return null;
  return (
    <Panel
      title={t("needsLook")}
      actions={
        <Link to={`${paths.history}?state=failed`} className="text-small text-ink-soft hover:underline">
          {t("moreFailed")}
        </Link>
      }
    >
      <ul className="divide-y divide-line">
        {data.map((job) => (
          <FailedJob key={job.id} job={job} />
        ))}
      </ul>
    </Panel>
  );
}

function FailedJob({ job }: { job: JobSummary }) {
  const { t } = useTranslation("dashboard");
  const retry = useRetry(job.id);
  const tellRefusal = useTellRefusal();
  const reason = job.error?.message ?? "";
  return (
    <JobRow
      job={job}
      about={
        <span title={reason} className="text-failed-ink">
          {reason}
        </span>
      }
    >
      <div className="flex items-center gap-3 text-small text-ink-faint">
        {job.finished_at !== null && <Ago moment={job.finished_at} />}
        <Button
          size="small"
          aria-label={t("retryOf", { name: nameOf(job) })}
          isBusy={retry.isPending}
          icon={<RotateCcw aria-hidden className="size-3.5" />}
          onClick={() => retry.mutate({}, { onError: tellRefusal })}
        >
          {t("retry")}
        </Button>
      </div>
    </JobRow>
  );
}
