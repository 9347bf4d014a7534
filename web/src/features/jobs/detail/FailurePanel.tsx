import { TriangleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";

import { useRetry } from "../model/actions";
import type { Job, Stage } from "../model/job";
import { useTellRefusal } from "./refusals";

interface FailurePanelProps {
  job: Job;
  onRetryWith: (stage: string) => void;
}

/** Why the job failed, at which stage, and the ways on. */
export function FailurePanel({ job, onRetryWith }: FailurePanelProps) {
  const { t } = useTranslation("job");
  const retry = useRetry(job.id);
  const tellRefusal = useTellRefusal();
  const stage = job.stages.find(({ state }) => state === "failed");
  const error = job.error ?? stage?.error ?? null;
  if (job.state !== "failed" || error === null) return null;
  return (
    <section className="flex gap-3 rounded-panel border border-failed/60 bg-failed/8 p-4 sm:p-5">
      <TriangleAlert aria-hidden className="mt-0.5 size-5 shrink-0 text-failed-ink" />
      <div className="grid min-w-0 gap-1">
        <h2 className="font-semibold text-failed-ink">
          {stage === undefined ? t("failedTitleBare") : t("failedTitle", { stage: stage.label })}
        </h2>
        <ErrorText error={error} />
        {stage !== undefined && (
          <div className="mt-3 flex flex-wrap gap-2">
            <Button
              look="primary"
              size="small"
              isBusy={retry.isPending}
              onClick={() => retry.mutate({ from: stage.key }, { onError: tellRefusal })}
            >
              {t("retryHere")}
            </Button>
            <Button size="small" onClick={() => onRetryWith(stage.key)}>
              {t("retryWith")}
            </Button>
          </div>
        )}
      </div>
    </section>
  );
}

/** What happened, what to do, and the code to search for. */
export function ErrorText({ error }: { error: NonNullable<Stage["error"]> }) {
  const { t } = useTranslation("job");
  return (
    <>
      <p className="wrap-anywhere whitespace-pre-wrap">{error.message}</p>
      {error.hint !== "" && <p className="text-small text-ink-soft wrap-anywhere">{error.hint}</p>}
      <p className="strip">{t("errorCode", { code: error.code })}</p>
    </>
  );
}
