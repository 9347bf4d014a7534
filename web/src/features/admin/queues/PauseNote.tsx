import { useTranslation } from "react-i18next";

import { Ago } from "@/components/ui/Ago";

import type { Queue } from "../model/queries";

/** Who paused it, when and why, and what that means for what runs. */
export function PauseNote({ queue, pause }: { queue: Queue; pause: NonNullable<Queue["pause"]> }) {
  const { t } = useTranslation("admin");
  const by = pause.by_name ?? (pause.by === "local" ? t("commandLine") : pause.by);
  return (
    <div className="grid gap-1 border-l-2 border-waiting pl-3 text-small">
      <p className="break-words">
        {t("queuePausedBy", { name: by })}, <Ago moment={pause.at} />:{" "}
        <span dir="auto" className="font-medium">
          {pause.reason || t("queueNoReason")}
        </span>
      </p>
      <p className="text-ink-soft">
        {queue.state === "draining" ? t("queueDrains", { count: queue.active_parts }) : t("queueStands")}
      </p>
    </div>
  );
}
