import { Pause, Play, RotateCcw, X } from "lucide-react";
import { useTranslation } from "react-i18next";

import { IconButton } from "@/components/ui/Button";
import { useWords } from "@/components/errors/Failure";
import { classes } from "@/lib/classes";
import { formatBytes } from "@/lib/format";
import { useObservable } from "@/lib/observable";
import type { FileUpload, UploadProgress } from "@/lib/uploads";

import { UploadRefusal } from "./UploadRefusal";

/** One file on its way: how far it is, in words too, and what can be done with it. */
export function UploadLine({ upload, onLeave }: { upload: FileUpload; onLeave: () => void }) {
  const progress = useObservable(upload.progress);
  const fraction = progress.sentBytes / Math.max(1, upload.file.size);
  const isMoving = !["failed", "cancelled", "ready"].includes(progress.phase);
  return (
    <div className="grid gap-1.5 py-2">
      <div className="flex min-w-0 items-center gap-2">
        <div className="min-w-0 grow">
          <p dir="auto" className="truncate text-small font-medium" title={upload.file.name}>
            {upload.file.name}
          </p>
          <Told upload={upload} progress={progress} />
        </div>
        <Actions upload={upload} progress={progress} onLeave={onLeave} />
      </div>
      {isMoving && <Bar name={upload.file.name} fraction={fraction} progress={progress} />}
      {progress.failure !== null && progress.phase === "failed" && <UploadRefusal failure={progress.failure} />}
    </div>
  );
}

const TONES: Partial<Record<UploadProgress["phase"], string>> = {
  interrupted: "bg-waiting striped",
  paused: "bg-idle",
  checking: "bg-signal-strong animate-breathe",
};

function Bar({ name, fraction, progress }: { name: string; fraction: number; progress: UploadProgress }) {
  const { t } = useTranslation("assets");
  return (
    <div
      role="progressbar"
      aria-label={t("uploadOf", { name })}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.floor(fraction * 100)}
      className="h-1.5 overflow-hidden rounded-hair bg-well ring-1 ring-line ring-inset"
    >
      <div
        className={classes("h-full origin-left", TONES[progress.phase] ?? "bg-signal-strong")}
        style={{ transform: `scaleX(${Math.min(1, fraction)})` }}
      />
    </div>
  );
}

function Told({ upload, progress }: { upload: FileUpload; progress: UploadProgress }) {
  const { t } = useTranslation("assets");
  const [sent, size] = [formatBytes(progress.sentBytes), formatBytes(upload.file.size)];
  const interrupted = useWords(progress.failure ?? new Error());
  const words = {
    waiting: t("uploadWaiting", { size }),
    sending: t(progress.isContinued ? "uploadContinues" : "uploadSending", { sent, size }),
    paused: t("uploadPaused", { sent, size }),
    interrupted: t("uploadInterrupted", { reason: interrupted.text }),
    checking: t("uploadChecking"),
    ready: t("uploadReady"),
    failed: t("uploadFailed"),
    cancelled: t("uploadCancelled"),
  }[progress.phase];
  const colour = { ready: "text-done-ink", failed: "text-failed-ink", interrupted: "text-waiting-ink" };
  const tone = progress.phase in colour ? colour[progress.phase as keyof typeof colour] : "text-ink-soft";
  return <p className={classes("text-small break-words", tone)}>{words}</p>;
}

function Actions({ upload, progress, onLeave }: { upload: FileUpload; progress: UploadProgress; onLeave: () => void }) {
  const { t } = useTranslation("assets");
  const { name } = upload.file;
  const { phase } = progress;
  const canPause = phase === "sending" || phase === "interrupted";
  function giveUp() {
    upload.cancel();
    onLeave();
  }
  return (
    <div className="flex shrink-0">
      {canPause && (
        <IconButton label={t("pauseUpload", { name })} onClick={() => upload.pause()}>
          <Pause aria-hidden className="size-4" />
        </IconButton>
      )}
      {phase === "paused" && (
        <IconButton label={t("continueUpload", { name })} onClick={() => upload.start()}>
          <Play aria-hidden className="size-4" />
        </IconButton>
      )}
      {phase === "failed" && (
        <IconButton label={t("retryUpload", { name })} onClick={() => upload.start()}>
          <RotateCcw aria-hidden className="size-4" />
        </IconButton>
      )}
      {phase !== "checking" && (
        <IconButton label={t(upload.isOver ? "dropUpload" : "cancelUpload", { name })} onClick={giveUp}>
          <X aria-hidden className="size-4" />
        </IconButton>
      )}
    </div>
  );
}
