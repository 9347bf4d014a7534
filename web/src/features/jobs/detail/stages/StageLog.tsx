import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Copy } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Failure } from "@/components/errors/Failure";
import { Button } from "@/components/ui/Button";
import { formatClock } from "@/lib/format";

import type { Job, Stage } from "../../model/job";
import { FIRST_LINES, loadEarlierLines, logQuery, type LogLine, MOST_LINES } from "../queries";
import { useCopy, useTellRefusal } from "../refusals";

/** Lines that are written between two facts. */
const FOLLOW_MS = 1_500;

/** What the stage wrote; while it works the end is followed. */
export function StageLog({ job, stage }: { job: Job; stage: Stage }) {
  const { t } = useTranslation("job");
  const queries = useQueryClient();
  const { data: lines, error } = useQuery({
    ...logQuery(queries, job.id, stage.key),
    refetchInterval: stage.state === "active" ? FOLLOW_MS : false,
  });
  const copy = useCopy();
  const text = () => (lines ?? []).map((line) => `${line.at} ${line.line}`).join("\n");
  if (error !== null && lines === undefined) return <Failure failure={error} />;
  if (lines === undefined) return null;
  return (
    <section className="grid gap-2">
      <div className="flex min-h-8 flex-wrap items-center justify-between gap-2">
        <h4 className="strip">{t("log")}</h4>
        {lines.length > 0 && (
          <div className="flex flex-wrap gap-1">
            {lines.length >= FIRST_LINES && <EarlierButton job={job} stage={stage} />}
            <Button
              size="small"
              look="quiet"
              icon={<Copy aria-hidden className="size-3.5" />}
              onClick={() => void copy(text(), t("logCopied"))}
            >
              {t("logCopy")}
            </Button>
          </div>
        )}
      </div>
      {lines.length === 0 ? (
        <p className="text-small text-ink-faint">{t("logEmpty")}</p>
      ) : (
        <Lines lines={lines} label={`${t("log")}: ${stage.label}`} />
      )}
      {lines.length >= MOST_LINES && <p className="strip">{t("logCapped", { count: MOST_LINES })}</p>}
    </section>
  );
}

/** The lines in a window that stays at its end, unless somebody scrolls up: its content is laid from below. */
function Lines({ lines, label }: { lines: readonly LogLine[]; label: string }) {
  return (
    <div
      role="region"
      aria-label={label}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keyboard
      tabIndex={0}
      className="flex max-h-72 flex-col-reverse overflow-y-auto rounded-small border border-line bg-well px-3 py-2"
    >
      <ol className="grid font-mono text-tiny leading-5">
        {lines.map((line) => (
          <li key={line.id} className="grid grid-cols-[auto_minmax(0,1fr)] gap-3">
            <time dateTime={line.at} className="text-ink-faint">
              {formatClock(line.at)}
            </time>
            <span className="whitespace-pre-wrap wrap-anywhere">{line.line}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}

function EarlierButton({ job, stage }: { job: Job; stage: Stage }) {
  const { t } = useTranslation("job");
  const queries = useQueryClient();
  const tellRefusal = useTellRefusal();
  const [step, setStep] = useState<"can" | "loads" | "all">("can");
  async function load() {
    setStep("loads");
    try {
      await loadEarlierLines(queries, job.id, stage.key);
      setStep("all");
    } catch (failure) {
      setStep("can");
      if (failure instanceof Error) tellRefusal(failure);
    }
  }
  if (step === "all") return null;
  return (
    <Button size="small" look="quiet" isBusy={step === "loads"} onClick={() => void load()}>
      {t("logEarlier")}
    </Button>
  );
}
