import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { Facts } from "@/components/ui/Panel";

import { useRetry } from "../../model/actions";
import { isFinal, type Job, type Stage } from "../../model/job";
import { ErrorText } from "../FailurePanel";
import { FileList } from "../results/FileList";
import { useTellRefusal } from "../refusals";
import { madeByWords, valueText } from "../values";
import { PartList } from "./PartList";
import { StageAttempts } from "./StageAttempts";
import { StageLog } from "./StageLog";
import { WhyItRests } from "./WhyItRests";

interface StageBodyProps {
  job: Job;
  stage: Stage;
  onRetryWith: () => void;
}

export function StageBody({ job, stage, onRetryWith }: StageBodyProps) {
  const { t } = useTranslation("job");
  const hasBegun = stage.parts.some(({ attempt }) => attempt > 0);
  const [only] = stage.parts.length === 1 ? stage.parts : [];
  return (
    <div className="grid gap-4">
      <WhyItRests job={job} stage={stage} />
      {only?.item === null && only.message !== null && stage.state === "active" && (
        <p className="figures wrap-anywhere text-ink-soft">{only.message}</p>
      )}
      {stage.error !== null && stage.items === null && (
        <div className="grid gap-1 border-l-2 border-failed pl-3">
          <ErrorText error={stage.error} />
        </div>
      )}
      {stage.items !== null && <PartList stage={stage} />}
      {stage.artifacts.length > 0 && (
        <Group name={t("filesOfStage")}>
          <FileList jobId={job.id} artifacts={stage.artifacts} />
        </Group>
      )}
      <StageFacts stage={stage} />
      {hasBegun && <StageLog job={job} stage={stage} />}
      {hasBegun && <StageAttempts job={job} stage={stage} />}
      {isFinal(job) && hasBegun && <RetryButtons job={job} stage={stage} onRetryWith={onRetryWith} />}
    </div>
  );
}

function StageFacts({ stage }: { stage: Stage }) {
  const { t } = useTranslation("job");
  const rows = [
    ...stage.made_by.map((made) => [t("madeBy"), madeByWords(t, made)] as const),
    ...Object.entries(stage.values).map(([name, value]) => [name.replaceAll("_", " "), valueText(value)] as const),
  ];
  if (rows.length === 0) return null;
  return (
    <Group name={t("values")}>
      <Facts rows={rows} />
    </Group>
  );
}

function RetryButtons({ job, stage, onRetryWith }: StageBodyProps) {
  const { t } = useTranslation("job");
  const retry = useRetry(job.id);
  const tellRefusal = useTellRefusal();
  return (
    <div className="flex flex-wrap gap-2">
      <Button
        size="small"
        isBusy={retry.isPending}
        onClick={() => retry.mutate({ from: stage.key }, { onError: tellRefusal })}
      >
        {stage.state === "failed" ? t("retryHere") : t("retryFrom")}
      </Button>
      <Button size="small" look="quiet" onClick={onRetryWith}>
        {t("retryWith")}
      </Button>
    </div>
  );
}

function Group({ name, children }: { name: string; children: ReactNode }) {
  return (
    <section className="grid gap-2">
      <h4 className="strip">{name}</h4>
      {children}
    </section>
  );
}
