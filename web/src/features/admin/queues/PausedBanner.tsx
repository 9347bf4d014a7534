import { useQuery } from "@tanstack/react-query";
import { CirclePause } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { paths } from "@/config/paths";

import { queuesQuery } from "../model/queries";

/** Says on every page of the administration that something was stopped, so that nobody wonders why jobs wait. */
export function PausedBanner({ isOnQueues }: { isOnQueues: boolean }) {
  const { t } = useTranslation("admin");
  const { data } = useQuery(queuesQuery);
  const paused = (data ?? []).filter((queue) => queue.state !== "open");
  return (
    <div role="status" className="grid gap-2">
      {paused.map((queue) => (
        <p
          key={queue.name}
          className="mb-4 flex flex-wrap items-center gap-x-3 gap-y-1 rounded-small border border-waiting/50 bg-waiting/12 px-4 py-2.5 text-small"
        >
          <CirclePause aria-hidden className="size-4 shrink-0 text-waiting-ink" />
          <span className="min-w-0 break-words">
            {t(queue.state === "draining" ? "bannerDraining" : "bannerPaused", { queue: queue.name })}
          </span>
          {!isOnQueues && (
            <Link to={paths.adminOf("queues")} className="py-0.5 underline underline-offset-2">
              {t("bannerLink")}
            </Link>
          )}
        </p>
      ))}
    </div>
  );
}
