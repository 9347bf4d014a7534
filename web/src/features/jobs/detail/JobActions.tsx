import { Ban, Ellipsis, Pause, Play, RotateCcw, Share2, SlidersHorizontal, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Button, LinkButton } from "@/components/ui/Button";
import { Menu } from "@/components/ui/Menu";
import { paths } from "@/config/paths";
import { notify } from "@/lib/notices";

import { allowedIn, type Steer, useRetry, useSteering } from "../model/actions";
import type { Job } from "../model/job";
import { DeleteDialog } from "./DeleteDialog";
import { useTellRefusal } from "./refusals";
import { ShareDialog } from "./ShareDialog";

/** What its owner can do with the job in its state. How to go on after a failure stands beside its reason. */
export function JobActions({ job }: { job: Job }) {
  const { t } = useTranslation("job");
  const [dialog, setDialog] = useState<"share" | "delete" | null>(null);
  const allowed = allowedIn(job);
  const steering = useSteering(job.id);
  const retry = useRetry(job.id);
  const tellRefusal = useTellRefusal();
  const steer = (how: Steer) => steering.mutate(how, { onError: tellRefusal });
  function cancel() {
    steering.mutate("cancel", {
      onError: tellRefusal,
      onSuccess: () => notify({ tone: "neutral", text: t("cancelled") }),
    });
  }
  return (
    <div className="flex flex-wrap gap-2 max-sm:*:px-3">
      {allowed.resume && (
        <Button look="primary" icon={<Play aria-hidden className="size-4" />} onClick={() => steer("resume")}>
          {t("resume")}
        </Button>
      )}
      {allowed.pause && (
        <Button icon={<Pause aria-hidden className="size-4" />} onClick={() => steer("pause")}>
          {t("pause")}
        </Button>
      )}
      {allowed.cancel && (
        <Button icon={<Ban aria-hidden className="size-4" />} onClick={cancel}>
          {t("cancel")}
        </Button>
      )}
      {allowed.retry && job.state !== "failed" && (
        <Button
          look="primary"
          icon={<RotateCcw aria-hidden className="size-4" />}
          isBusy={retry.isPending}
          onClick={() => retry.mutate({}, { onError: tellRefusal })}
        >
          {t("retry")}
        </Button>
      )}
      {allowed.share && (
        <Button icon={<Share2 aria-hidden className="size-4" />} onClick={() => setDialog("share")}>
          {t("share")}
        </Button>
      )}
      <LinkButton to={paths.again(job.pipeline, job.id)} icon={<SlidersHorizontal aria-hidden className="size-4" />}>
        {t("again")}
      </LinkButton>
      <Menu
        trigger={
          <Button aria-label={t("moreActions")} title={t("moreActions")} className="px-2.5">
            <Ellipsis aria-hidden className="size-4" />
          </Button>
        }
        items={[
          {
            key: "delete",
            label: t("delete"),
            icon: <Trash2 aria-hidden className="size-4" />,
            isDangerous: true,
            act: () => setDialog("delete"),
          },
        ]}
      />
      {dialog === "share" && <ShareDialog job={job} onClose={() => setDialog(null)} />}
      {dialog === "delete" && <DeleteDialog job={job} onClose={() => setDialog(null)} />}
    </div>
  );
}
