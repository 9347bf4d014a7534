import { useId } from "react";
import { useTranslation } from "react-i18next";

import { allowedIn, useChangeJob } from "../model/actions";
import type { Job, Priority } from "../model/job";
import { useTellRefusal } from "./refusals";

const PRIORITIES = ["low", "normal", "high", "urgent"] as const satisfies readonly Priority[];

/** Which jobs come before which; of a job that has ended it is told no more. */
export function PriorityChoice({ job }: { job: Job }) {
  const { t } = useTranslation("job");
  const id = useId();
  const change = useChangeJob(job.id);
  const tellRefusal = useTellRefusal();
  const words: Record<Priority, string> = {
    low: t("priorityLow"),
    normal: t("priorityNormal"),
    high: t("priorityHigh"),
    urgent: t("priorityUrgent"),
  };
  if (!allowedIn(job).changePriority) return null;
  return (
    <span className="inline-flex items-center gap-2">
      <label htmlFor={id}>{t("priority")}</label>
      <select
        id={id}
        value={job.priority}
        onChange={(event) => {
          const priority = PRIORITIES.find((known) => known === event.target.value);
          if (priority !== undefined) change.mutate({ priority }, { onError: tellRefusal });
        }}
        className="min-h-7 rounded-small border border-line-strong/70 bg-raised px-2 text-small text-ink"
      >
        {PRIORITIES.map((priority) => (
          <option key={priority} value={priority}>
            {words[priority]}
          </option>
        ))}
      </select>
    </span>
  );
}
