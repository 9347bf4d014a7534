import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useTranslation } from "react-i18next";

import { Failure } from "@/components/errors/Failure";
import { LinkButton } from "@/components/ui/Button";
import { Loading } from "@/components/ui/Empty";
import { PageHead } from "@/components/ui/Panel";
import { paths } from "@/config/paths";
import { useTitle } from "@/lib/scope";

import type { JobState } from "../model/job";
import { countsQuery } from "../model/queries";
import { CountStrip } from "./components/CountStrip";
import { Figures } from "./components/Figures";
import { FinishedLately } from "./components/FinishedLately";
import { FirstRun } from "./components/FirstRun";
import { NeedsLook } from "./components/NeedsLook";
import { WhatRuns } from "./components/WhatRuns";
import { YourTurns } from "./components/YourTurns";
import { countOf } from "./model/board";

/** The desk at a glance: what asks for somebody, what works, what went wrong, what is done. */
export function DashboardPage() {
  const { t } = useTranslation("dashboard");
  useTitle(t("title"));
  const { data, error, refetch } = useQuery(countsQuery);
  if (data?.total === 0) return <FirstRun />;
  return (
    <>
      <PageHead
        title={t("title")}
        actions={
          <LinkButton look="primary" to={paths.create} icon={<Plus aria-hidden className="size-4" />}>
            {t("make")}
          </LinkButton>
        }
      />
      {data !== undefined && (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
          <CountStrip counts={data} />
          <Sections counts={data.by_state} />
        </div>
      )}
      {data === undefined && error === null && <Loading rows={6} label={t("loading")} />}
      {data === undefined && error !== null && <Failure failure={error} onRetry={() => void refetch()} />}
    </>
  );
}

/** A section is there only when it has something. */
function Sections({ counts }: { counts: Partial<Record<JobState, number>> }) {
  const underWay = countOf(counts, "running", "queued", "paused", "waiting");
  return (
    <>
      {countOf(counts, "waiting") > 0 && <YourTurns waiting={countOf(counts, "waiting")} />}
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-6 empty:hidden xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)] xl:has-[>:only-child]:grid-cols-[minmax(0,1fr)]">
        {underWay > 0 && <WhatRuns underWay={underWay} />}
        {countOf(counts, "failed") > 0 && <NeedsLook />}
      </div>
      {countOf(counts, "succeeded") > 0 && <FinishedLately />}
      <Figures />
    </>
  );
}
