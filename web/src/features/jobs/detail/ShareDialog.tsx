import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Failure } from "@/components/errors/Failure";
import { Button } from "@/components/ui/Button";
import { Choice } from "@/components/ui/Choice";
import { CopyField } from "@/components/ui/CopyField";
import { Dialog } from "@/components/ui/Dialog";
import { Loading } from "@/components/ui/Empty";
import { answered, api } from "@/lib/api";
import { formatDate } from "@/lib/format";
import { notify } from "@/lib/notices";

import type { Job } from "../model/job";
import { sharesKey, sharesQuery, type Share } from "./queries";
import { useTellRefusal } from "./refusals";

const DAYS = ["7", "30", "365"] as const;

interface ShareDialogProps {
  job: Job;
  /** Shows for each link what to paste into another page. */
  showsEmbed?: boolean;
  onClose: () => void;
}

/** Links with which others see the result without an account: make one, take it along, revoke it. */
export function ShareDialog({ job, showsEmbed = false, onClose }: ShareDialogProps) {
  const { t } = useTranslation("job");
  const { data: shares, error, refetch } = useQuery(sharesQuery(job.id));
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={showsEmbed ? t("embedTitle") : t("shareTitle")}
      lead={showsEmbed ? t("embedLead") : t("shareLead")}
    >
      <div className="grid gap-5">
        <NewShare jobId={job.id} />
        {error !== null && shares === undefined && <Failure failure={error} onRetry={() => void refetch()} />}
        {shares === undefined && error === null && <Loading rows={1} label={t("loading")} />}
        {shares?.length === 0 && (
          <p className="text-small text-ink-soft">{showsEmbed ? t("embedNeedsLink") : t("shareNone")}</p>
        )}
        {shares !== undefined && shares.length > 0 && (
          <ul aria-label={t("shareList")} className="grid gap-4">
            {shares.map((share) => (
              <ShareRow key={share.id} jobId={job.id} share={share} showsEmbed={showsEmbed} />
            ))}
          </ul>
        )}
      </div>
    </Dialog>
  );
}

function NewShare({ jobId }: { jobId: string }) {
  const { t } = useTranslation("job");
  const queries = useQueryClient();
  const tellRefusal = useTellRefusal();
  const [days, setDays] = useState<(typeof DAYS)[number]>("30");
  const make = useMutation({
    mutationFn: () =>
      answered(
        api.POST("/api/jobs/{job_id}/shares", {
          params: { path: { job_id: jobId } },
          body: { expires_in_days: Number(days) },
        }),
      ),
    onSuccess: (share) => queries.setQueryData<Share[]>(sharesKey(jobId), (shares = []) => [...shares, share]),
    onError: tellRefusal,
  });
  return (
    <div className="flex flex-wrap items-end justify-between gap-3">
      <Choice
        name="days"
        label={t("shareGoodFor")}
        value={days}
        options={DAYS.map((value) => ({ value, label: t("shareDays", { count: Number(value) }) }))}
        onChoose={setDays}
      />
      <Button look="primary" isBusy={make.isPending} onClick={() => make.mutate()}>
        {t("shareMake")}
      </Button>
    </div>
  );
}

function ShareRow({ jobId, share, showsEmbed }: { jobId: string; share: Share; showsEmbed: boolean }) {
  const { t } = useTranslation("job");
  const queries = useQueryClient();
  const tellRefusal = useTellRefusal();
  const revoke = useMutation({
    mutationFn: () =>
      answered(
        api.DELETE("/api/jobs/{job_id}/shares/{share_id}", {
          params: { path: { job_id: jobId, share_id: share.id } },
        }),
      ),
    onSuccess: () => {
      queries.setQueryData<Share[]>(sharesKey(jobId), (shares = []) => shares.filter(({ id }) => id !== share.id));
      notify({ tone: "neutral", text: t("shareRevoked") });
    },
    onError: tellRefusal,
  });
  return (
    <li className="grid gap-1">
      <CopyField
        label={showsEmbed ? t("embedCode") : t("shareLink")}
        value={showsEmbed ? embedCode(share.url) : share.url}
      />
      <div className="flex items-center justify-between gap-3">
        <span className="text-small text-ink-soft">{t("shareUntil", { date: formatDate(share.expires_at) })}</span>
        <Button size="small" look="quiet" isBusy={revoke.isPending} onClick={() => revoke.mutate()}>
          {t("shareRevoke")}
        </Button>
      </div>
    </li>
  );
}

/** A frame around the shared page, in the shape of most films. */
function embedCode(url: string): string {
  const source = url.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
  return `<iframe src="${source}" width="640" height="480" style="border:0" allow="fullscreen" title="Soundstage"></iframe>`;
}
