import { useTranslation } from "react-i18next";

import { Failure } from "@/components/errors/Failure";
import { Button, LinkButton } from "@/components/ui/Button";
import { Empty, Loading } from "@/components/ui/Empty";
import { paths } from "@/config/paths";
import { classes } from "@/lib/classes";
import { formatNumber } from "@/lib/format";

import { askedOf, type HistoryFilter, isNarrow, writeFilter } from "../model/filter";
import { useFoundJobs } from "../model/found";
import { useSelection } from "../model/selection";
import { BulkBar } from "./BulkBar";
import { FreshJobs } from "./FreshJobs";
import { JobTable } from "./JobTable";

interface FoundJobsProps {
  filter: HistoryFilter;
  onClear: () => void;
}

/** What a filter finds: how many, the table, and what can be done with those that are selected. */
export function FoundJobs({ filter, onClear }: FoundJobsProps) {
  const { t } = useTranslation("history");
  const found = useFoundJobs(filter);
  const selection = useSelection(found.jobs, writeFilter(filter).toString());
  if (found.isLoading) return <Loading rows={8} label={t("loading")} />;
  if (found.failure !== null) return <Failure failure={found.failure} onRetry={found.retry} />;
  if (found.jobs.length === 0) return <NoJobs isFiltered={isNarrow(filter)} onClear={onClear} />;
  return (
    <div className={classes(found.isOld && "opacity-60 transition-opacity delay-150")} aria-busy={found.isOld}>
      <p role="status" className="strip mb-2">
        {found.total < 0
          ? t("foundSoFar", { shown: formatNumber(found.jobs.length) })
          : t("found", { count: found.total, shown: formatNumber(found.total) })}
      </p>
      <FreshJobs amount={found.fresh} onShow={found.showFresh} />
      <JobTable
        jobs={found.jobs}
        total={found.total < 0 ? -1 : found.total - found.fresh}
        selection={selection}
        onNearEnd={found.loadMore}
      />
      {found.moreFailure !== null && <Failure failure={found.moreFailure} onRetry={found.loadMore} />}
      {selection.jobs.length > 0 && <BulkBar selection={selection} asked={askedOf(filter)} total={found.total} />}
    </div>
  );
}

function NoJobs({ isFiltered, onClear }: { isFiltered: boolean; onClear: () => void }) {
  const { t } = useTranslation("history");
  if (isFiltered)
    return (
      <Empty title={t("emptyFilter")} actions={<Button onClick={onClear}>{t("clearFilters")}</Button>}>
        {t("emptyFilterHint")}
      </Empty>
    );
  return (
    <Empty
      title={t("empty")}
      actions={
        <LinkButton look="primary" to={paths.create}>
          {t("make")}
        </LinkButton>
      }
    >
      {t("emptyHint")}
    </Empty>
  );
}
