import { useTranslation } from "react-i18next";

import { formatNumber } from "@/lib/format";

import type { Queue } from "../model/queries";

/** How much is ready of each priority: urgent first, as workers take it. */
export function Priorities({ queue }: { queue: Queue }) {
  const { t } = useTranslation("admin");
  if (queue.ready_parts === 0) return null;
  const rows = [
    ["urgent", t("priorityUrgent")],
    ["high", t("priorityHigh")],
    ["normal", t("priorityNormal")],
    ["low", t("priorityLow")],
  ] as const;
  return (
    <div>
      <h4 className="strip mb-1.5">{t("queueByPriority")}</h4>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-x-3 gap-y-1 text-small">
        {rows.map(([priority, word]) => (
          <div key={priority} className="contents">
            <dt>{word}</dt>
            <dd aria-hidden className="h-2 overflow-hidden rounded-hair bg-well ring-1 ring-line ring-inset">
              <div
                className="h-full origin-left bg-idle"
                style={{ transform: `scaleX(${readyOf(queue, priority) / queue.ready_parts})` }}
              />
            </dd>
            <dd className="figures text-right">{formatNumber(readyOf(queue, priority))}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function readyOf(queue: Queue, priority: string): number {
  return queue.ready_by_priority[priority] ?? 0;
}
