import { useTranslation } from "react-i18next";

import { formatAgo } from "@/lib/format";
import { useNow } from "@/lib/scope";

import { isFinal, type Job, type Stage } from "../../model/job";

/** Why a stage does not move at this moment, and what makes it go on; nothing for one that works or is over. */
export function WhyItRests({ job, stage }: { job: Job; stage: Stage }) {
  const text = useReason(job, stage);
  if (text === null) return null;
  return <p className="text-small text-ink-soft wrap-anywhere">{text}</p>;
}

function useReason(job: Job, stage: Stage): string | null {
  const { t } = useTranslation("job");
  const now = useNow();
  if (isFinal(job)) return null;
  const isOpen = stage.state === "pending" || stage.state === "ready";
  if (job.state === "paused" && (isOpen || stage.state === "waiting")) return t("restPaused");
  if (stage.queue_paused) return t("restQueuePaused", { queue: stage.queue });
  if (stage.state === "ready") return t("restWorker", { queue: stage.queue });
  if (stage.state === "pending") return t("notBegun");
  const { wait } = stage;
  if (wait === null || stage.state !== "waiting") return null;
  if (wait.kind === "manual") return t("restYou");
  const { reason } = wait;
  const isAhead = wait.due_at !== null && Date.parse(wait.due_at) > now;
  const when = isAhead && wait.due_at !== null ? formatAgo(wait.due_at, now) : "";
  if (wait.kind === "backoff") return isAhead ? t("restBackoff", { when, reason }) : t("restBackoffSoon", { reason });
  return isAhead && wait.actions.length === 0 ? t("restSnooze", { when, reason }) : t("restOutside", { reason });
}
