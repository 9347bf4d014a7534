import { Hand, Hourglass } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { Lamp } from "@/components/ui/Lamp";
import { formatAgo } from "@/lib/format";
import { useNow } from "@/lib/scope";

import { useAnswer } from "../model/actions";
import { isFinal, type Job } from "../model/job";
import { useActionWord, waitsOf, type WaitsFor } from "./waits";
import { useTellRefusal } from "./refusals";

/** What the job waits for: the instructions, a button for each answer, and what happens after it. */
export function YourTurn({ job }: { job: Job }) {
  const { t } = useTranslation("job");
  const [sent, setSent] = useState<{ action: string; stage: string } | null>(null);
  const waits = isFinal(job) || job.state === "paused" ? [] : waitsOf(job);
  const [first, ...others] = waits;
  return (
    <div className="grid gap-3 empty:hidden">
      {first !== undefined && (
        <WaitPlate
          key={first.part}
          job={job}
          wait={first}
          onSent={(action) => setSent({ action, stage: first.label })}
        />
      )}
      {others.length > 0 && <p className="text-small text-ink-soft">{t("moreWait", { count: others.length })}</p>}
      {first === undefined && sent !== null && !isFinal(job) && (
        <p role="status" className="rounded-panel border border-line bg-panel px-5 py-3 text-small">
          {t("answered", sent)}
        </p>
      )}
    </div>
  );
}

interface WaitPlateProps {
  job: Job;
  wait: WaitsFor;
  onSent: (action: string) => void;
}

function WaitPlate({ job, wait, onSent }: WaitPlateProps) {
  const { t } = useTranslation("job");
  const word = useActionWord();
  const answer = useAnswer(job.id);
  const tellRefusal = useTellRefusal();
  function reply(action: string) {
    const said = { stage: wait.stage, action, item: wait.item };
    answer.mutate(said, { onError: tellRefusal, onSuccess: () => onSent(word(action)) });
  }
  const Icon = wait.isOutside ? Hourglass : Hand;
  return (
    <section className="grid gap-3 rounded-panel border border-waiting/70 bg-waiting/10 p-4 sm:p-5">
      <header className="flex flex-wrap items-center justify-between gap-x-4">
        <h2 className="flex items-center gap-2.5 text-lead font-semibold">
          <Icon aria-hidden className="size-5 text-waiting-ink" />
          {wait.isOutside ? t("outside") : t("yourTurn")}
        </h2>
        <Lamp tone="waiting">
          {wait.item === null ? wait.label : t("yourTurnItem", { stage: wait.label, number: wait.item + 1 })}
        </Lamp>
      </header>
      <p dir="auto" className="max-w-prose whitespace-pre-wrap wrap-anywhere">
        {wait.reason}
      </p>
      <div className="flex flex-wrap gap-2">
        {wait.actions.map((action, index) => (
          <Button
            key={action}
            look={index === 0 && !wait.isOutside ? "primary" : "plain"}
            isBusy={answer.isPending && answer.variables.action === action}
            disabled={answer.isPending}
            onClick={() => reply(action)}
          >
            {word(action)}
          </Button>
        ))}
      </div>
      {wait.dueAt !== null && <WaitEnds dueAt={wait.dueAt} />}
    </section>
  );
}

function WaitEnds({ dueAt }: { dueAt: string }) {
  const { t } = useTranslation("job");
  return <p className="text-small text-ink-soft">{t("waitEnds", { when: formatAgo(dueAt, useNow()) })}</p>;
}
