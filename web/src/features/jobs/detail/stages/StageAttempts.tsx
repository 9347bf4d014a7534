import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Failure } from "@/components/errors/Failure";
import { Loading } from "@/components/ui/Empty";
import { formatMoment } from "@/lib/format";

import type { Job, Stage } from "../../model/job";
import { Elapsed } from "../ProgressPanel";
import { attemptsQuery, type Attempt } from "../queries";

/** Every try of the stage that has ended; asked for when somebody opens it. */
export function StageAttempts({ job, stage }: { job: Job; stage: Stage }) {
  const { t } = useTranslation("job");
  const [isOpen, setOpen] = useState(false);
  const { data, error, refetch } = useQuery({ ...attemptsQuery(job.id), enabled: isOpen });
  const tries = data?.filter((attempt) => attempt.stage === stage.key);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="strip min-h-6 w-fit hover:text-ink">
        {tries === undefined ? t("triesUnknown") : t("tries", { count: tries.length })}
      </summary>
      <div className="mt-2 overflow-x-auto">
        {error !== null && <Failure failure={error} onRetry={() => void refetch()} />}
        {tries === undefined && error === null && <Loading rows={1} label={t("loading")} />}
        {tries !== undefined && tries.length > 0 && <TryTable tries={tries} hasItems={stage.items !== null} />}
      </div>
    </details>
  );
}

function TryTable({ tries, hasItems }: { tries: readonly Attempt[]; hasItems: boolean }) {
  const { t } = useTranslation("job");
  const word = useResultWord();
  const names = [t("startedColumn"), t("tookColumn"), t("resultColumn"), t("workerColumn")];
  return (
    <table className="w-full text-left text-small whitespace-nowrap">
      <thead className="strip">
        <tr className="border-b border-line">
          {[t("tryColumn"), ...(hasItems ? [t("itemColumn")] : []), ...names].map((name) => (
            <th key={name} scope="col" className="py-1 pr-4 font-normal">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {tries.map((attempt) => (
          <tr key={`${attempt.part}-${attempt.attempt}`} className="border-b border-line align-top">
            <td className="figures py-1.5 pr-4">{attempt.attempt}</td>
            {hasItems && <td className="figures py-1.5 pr-4">{attempt.item === null ? "" : attempt.item + 1}</td>}
            <td className="py-1.5 pr-4">{formatMoment(attempt.started_at)}</td>
            <td className="figures py-1.5 pr-4">
              <Elapsed from={attempt.started_at} to={attempt.finished_at} />
            </td>
            <td className="min-w-48 py-1.5 pr-4 whitespace-normal wrap-anywhere">
              {word(attempt.result)}
              {attempt.error !== null && <span className="block text-failed-ink">{attempt.error.message}</span>}
            </td>
            <td className="strip py-1.5">{attempt.worker}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function useResultWord(): (result: string) => string {
  const { t } = useTranslation("job");
  const words: Record<string, string> = {
    completed: t("resultCompleted"),
    failed: t("resultFailed"),
    lost: t("resultLost"),
    waiting: t("resultWaiting"),
    released: t("resultReleased"),
    cancelled: t("resultCancelled"),
  };
  return (result) => words[result] ?? result;
}
