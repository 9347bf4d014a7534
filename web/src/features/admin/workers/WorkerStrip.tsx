import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { Ago } from "@/components/ui/Ago";
import { Lamp } from "@/components/ui/Lamp";
import { Meter } from "@/components/ui/Meter";
import type { Tone } from "@/components/ui/Rail";
import { paths } from "@/config/paths";

import type { Worker } from "../model/queries";

type Work = NonNullable<Worker["work"]>;

const TONES: Record<Worker["state"], Tone> = { idle: "idle", busy: "active", lost: "failed" };

export function WorkerStrip({ worker }: { worker: Worker }) {
  const { t } = useTranslation("admin");
  const words: Record<Worker["state"], string> = {
    idle: t("workerIdle"),
    busy: t("workerBusy"),
    lost: t("workerLost"),
  };
  return (
    <li className="grid items-start gap-x-6 gap-y-3 px-4 py-4 sm:px-5 md:grid-cols-[7rem_minmax(0,15rem)_minmax(0,1fr)]">
      <Lamp tone={TONES[worker.state]}>{words[worker.state]}</Lamp>
      <div className="min-w-0">
        <p className="truncate font-medium" title={worker.id}>
          {worker.host}
        </p>
        <p className="strip">{t("workerProcess", { pid: worker.pid })}</p>
        <p className="strip break-words">
          {t("workerServes")} {worker.queues.join(" · ")}
        </p>
      </div>
      <div className="grid min-w-0 content-start gap-2">
        {worker.work === null ? (
          worker.state === "idle" && <p className="text-small text-ink-faint">{t("workerNothing")}</p>
        ) : (
          <WorkNow work={worker.work} isLost={worker.state === "lost"} />
        )}
        <p className="strip">
          {worker.state === "lost" ? t("workerHeard") : t("workerUp")}{" "}
          <Ago moment={worker.state === "lost" ? worker.beat_at : worker.started_at} />
        </p>
        {worker.state === "lost" && <p className="text-small text-failed-ink">{t("workerLostHint")}</p>}
      </div>
    </li>
  );
}

function WorkNow({ work, isLost }: { work: Work; isLost: boolean }) {
  const { t } = useTranslation("admin");
  const item = work.item === null ? "" : `, ${t("workerItem", { number: work.item + 1 })}`;
  const attempt = work.attempt > 1 ? `, ${t("workerAttempt", { number: work.attempt })}` : "";
  return (
    <>
      <Meter
        label={`${work.label}${item}${attempt}`}
        fraction={work.progress / 100}
        text={`${work.progress} %`}
        tone={isLost ? "failed" : "active"}
      />
      {work.message !== null && work.message !== "" && (
        <p className="truncate text-small text-ink-soft" title={work.message}>
          {work.message}
        </p>
      )}
      <p className="flex flex-wrap items-baseline gap-x-3 text-small">
        <Link to={paths.job(work.job)} className="min-w-0 truncate underline underline-offset-2 hover:text-signal-ink">
          {work.pipeline.replaceAll("_", " ")}
        </Link>
        <span className="text-ink-faint">
          {t("workerSince")} <Ago moment={work.started_at} />
        </span>
      </p>
    </>
  );
}
