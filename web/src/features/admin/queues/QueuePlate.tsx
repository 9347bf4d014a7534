import { Pause, Play } from "lucide-react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { Failure } from "@/components/errors/Failure";
import { Lamp } from "@/components/ui/Lamp";
import type { Tone } from "@/components/ui/Rail";
import { formatDuration, formatNumber } from "@/lib/format";
import { notify } from "@/lib/notices";

import type { Queue } from "../model/queries";
import { useResumeQueue } from "../model/queues";
import { PauseNote } from "./PauseNote";
import { Priorities } from "./Priorities";

const TONES: Record<Queue["state"], Tone> = { open: "done", draining: "waiting", paused: "paused" };

export function QueuePlate({ queue, onPause }: { queue: Queue; onPause: () => void }) {
  const { t } = useTranslation("admin");
  const words: Record<Queue["state"], string> = {
    open: t("queueOpen"),
    draining: t("queueDraining"),
    paused: t("queuePaused"),
  };
  return (
    <li className="grid min-w-0 content-start gap-4 rounded-panel border border-line bg-panel p-4 sm:p-5">
      <header className="flex flex-wrap items-center justify-between gap-3">
        <div className="flex min-w-0 flex-wrap items-center gap-x-4 gap-y-1">
          <h3 className="min-w-0 font-mono font-medium break-words">{queue.name}</h3>
          <Lamp tone={TONES[queue.state]}>{words[queue.state]}</Lamp>
        </div>
        {queue.pause === null ? (
          <Button
            size="small"
            icon={<Pause aria-hidden className="size-3.5" />}
            aria-label={t("pauseNamed", { queue: queue.name })}
            onClick={onPause}
          >
            {t("pause")}
          </Button>
        ) : (
          <Resume name={queue.name} />
        )}
      </header>
      <Figures queue={queue} />
      <Priorities queue={queue} />
      {queue.workers === 0 && queue.ready_parts > 0 && (
        <p className="text-small text-failed-ink">{t("queueUnserved")}</p>
      )}
      {queue.pause !== null && <PauseNote queue={queue} pause={queue.pause} />}
    </li>
  );
}

function Resume({ name }: { name: string }) {
  const { t } = useTranslation("admin");
  const resume = useResumeQueue();
  return (
    <>
      <Button
        look="primary"
        size="small"
        icon={<Play aria-hidden className="size-3.5" />}
        aria-label={t("resumeNamed", { queue: name })}
        isBusy={resume.isPending}
        onClick={() =>
          resume.mutate(name, {
            onSuccess: () => notify({ tone: "done", text: t("resumeDone", { queue: name }) }),
          })
        }
      >
        {t("resume")}
      </Button>
      {resume.error !== null && <Failure failure={resume.error} />}
    </>
  );
}

function Figures({ queue }: { queue: Queue }) {
  const { t } = useTranslation("admin");
  const figures: readonly (readonly [string, string])[] = [
    [t("queueReady"), formatNumber(queue.ready_parts)],
    [t("queueActive"), formatNumber(queue.active_parts)],
    [t("queueRetrying"), formatNumber(queue.retrying_parts)],
    [t("queueOldest"), queue.ready_parts === 0 ? "–" : formatDuration(queue.oldest_seconds)],
    [t("queueWorkers"), formatNumber(queue.workers)],
  ];
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-small border border-line bg-line sm:grid-cols-5">
      {figures.map(([name, figure]) => (
        <div
          key={name}
          className="flex flex-col justify-between gap-1 bg-panel px-3 py-2 last:col-span-2 sm:last:col-span-1"
        >
          <dt className="strip">{name}</dt>
          <dd className="figures text-lead">{figure}</dd>
        </div>
      ))}
    </dl>
  );
}
