import { Pause, Play, RotateCcw, Square, Trash2, X, type LucideIcon } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Failure } from "@/components/errors/Failure";
import { Button, IconButton } from "@/components/ui/Button";
import { formatNumber } from "@/lib/format";

import type { JobFilter } from "../../model/queries";
import { BULK_ACTIONS, type BulkAction, canMean, MOST_AT_ONCE, useBulk } from "../model/bulk";
import type { Selection } from "../model/selection";
import { BulkQuestion } from "./BulkQuestion";

const ICONS: Record<BulkAction, LucideIcon> = {
  retry: RotateCcw,
  pause: Pause,
  resume: Play,
  cancel: Square,
  delete: Trash2,
};

interface BulkBarProps {
  selection: Selection;
  asked: JobFilter;
  /** How many jobs fit the filter; -1 where nobody knows. */
  total: number;
}

/** What can be done with all that is selected. What cannot be taken back, or reaches beyond what is seen, is asked once more. */
export function BulkBar({ selection, asked, total }: BulkBarProps) {
  const { t } = useTranslation("history");
  const bulk = useBulk(selection.clear);
  const [question, ask] = useState<BulkAction | null>(null);
  const { isEverything, jobs } = selection;
  const actions = BULK_ACTIONS.filter((action) => isEverything || jobs.some((job) => canMean(action, job)));

  function begin(action: BulkAction): void {
    ask(null);
    bulk.mutate({ action, chosen: isEverything ? { filter: asked } : { ids: jobs.map((job) => job.id) } });
  }

  return (
    <section
      aria-label={t("bulk")}
      className="sticky bottom-16 z-20 mt-3 grid animate-rise gap-2 rounded-panel border border-line-strong/60 bg-raised p-2 shadow-over lg:bottom-4"
    >
      {bulk.error !== null && <Failure failure={bulk.error} />}
      <div className="flex flex-wrap items-center gap-x-1 gap-y-2">
        <IconButton label={t("clearSelection")} onClick={selection.clear}>
          <X aria-hidden className="size-4" />
        </IconButton>
        <p role="status" className="mr-2 text-small font-medium">
          <Amount selection={selection} total={total} />
        </p>
        {!isEverything && (total < 0 || jobs.length < total) && (
          <Button size="small" look="quiet" onClick={selection.chooseEverything}>
            {t("selectEverything")}
          </Button>
        )}
        <div className="flex flex-wrap gap-1.5 sm:ml-auto">
          {actions.map((action) => {
            const Icon = ICONS[action];
            return (
              <Button
                key={action}
                size="small"
                look={action === "delete" ? "danger" : "plain"}
                isBusy={bulk.isPending && bulk.variables.action === action}
                disabled={bulk.isPending}
                icon={<Icon aria-hidden className="size-3.5" />}
                onClick={() => (isEverything || action === "delete" ? ask(action) : begin(action))}
              >
                {t(action)}
              </Button>
            );
          })}
        </div>
      </div>
      <BulkQuestion action={question} amount={isEverything ? null : jobs.length} onYes={begin} onNo={() => ask(null)} />
    </section>
  );
}

function Amount({ selection, total }: { selection: Selection; total: number }) {
  const { t } = useTranslation("history");
  if (!selection.isEverything)
    return t("selected", { count: selection.jobs.length, shown: formatNumber(selection.jobs.length) });
  if (total >= 0 && total <= MOST_AT_ONCE) return t("selectedEverything");
  return t("selectedNewest", { shown: formatNumber(MOST_AT_ONCE) });
}
