import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { Failure } from "@/components/errors/Failure";
import { Button } from "@/components/ui/Button";
import { Loading } from "@/components/ui/Empty";
import { Panel } from "@/components/ui/Panel";
import { paths } from "@/config/paths";
import { formatNumber } from "@/lib/format";

import { JobRow } from "../../components/JobRow";
import { useTellRefusal } from "../../detail/refusals";
import { useActionWord, waitsOf, type WaitsFor } from "../../detail/waits";
import { useAnswer } from "../../model/actions";
import type { Job } from "../../model/job";
import { isTurn, waitingQuery } from "../model/board";

/** What waits for a person: why, and a button for each answer. `waiting` counts all that wait, for whatever. */
export function YourTurns({ waiting }: { waiting: number }) {
  const { t } = useTranslation("dashboard");
  const { data, error, refetch } = useQuery(waitingQuery);
  if (data === undefined)
    return error === null ? (
      <Loading rows={1} label={t("loading")} />
    ) : (
      <Failure failure={error} onRetry={() => void refetch()} />
    );
  const more = waiting - data.jobs.length;
  const turns = data.jobs.filter(isTurn);
  if (turns.length === 0) return null;
  return (
    <Panel
      title={t("yourTurn")}
      className="border-waiting/70"
      actions={
        more > 0 && (
          <Link to={`${paths.history}?state=waiting`} className="text-small text-ink-soft hover:underline">
            {t("moreTurns", { count: more, shown: formatNumber(more) })}
          </Link>
        )
      }
    >
      <ul className="divide-y divide-line">
        {turns.map((job) => waitsOf(job).map((wait) => <Turn key={wait.part} job={job} wait={wait} />))}
      </ul>
    </Panel>
  );
}

function Turn({ job, wait }: { job: Job; wait: WaitsFor }) {
  const { t } = useTranslation("dashboard");
  const word = useActionWord();
  const answer = useAnswer(job.id);
  const tellRefusal = useTellRefusal();
  const stage = wait.item === null ? wait.label : t("itemOf", { stage: wait.label, number: wait.item + 1 });
  return (
    <JobRow job={job} about={stage}>
      <p dir="auto" title={wait.reason} className="line-clamp-2 grow basis-72 text-left text-small wrap-anywhere">
        {wait.reason}
      </p>
      <div className="flex flex-wrap gap-2">
        {wait.actions.map((action, index) => (
          <Button
            key={action}
            size="small"
            look={index === 0 ? "primary" : "plain"}
            isBusy={answer.isPending && answer.variables.action === action}
            disabled={answer.isPending}
            onClick={() => answer.mutate({ stage: wait.stage, action, item: wait.item }, { onError: tellRefusal })}
          >
            {word(action)}
          </Button>
        ))}
      </div>
    </JobRow>
  );
}
