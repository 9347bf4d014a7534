import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { Panel } from "@/components/ui/Panel";

import { allowedIn } from "../../model/actions";
import type { Job } from "../../model/job";
import { ShareDialog } from "../ShareDialog";
import { FileList } from "./FileList";
import { MediaResult } from "./MediaResult";
import { chosenResults } from "./choose";

/** What the job made: the files of the last stage that left any, what can be played or looked at first and large. */
export function ResultsPanel({ job }: { job: Job }) {
  const { t } = useTranslation("job");
  const [isEmbedding, setEmbedding] = useState(false);
  const { media, files, subtitles } = chosenResults(job);
  if (media.length + files.length === 0) {
    return job.state === "succeeded" ? <Panel title={t("results")}>{t("resultsNone")}</Panel> : null;
  }
  return (
    <Panel
      title={job.state === "succeeded" ? t("results") : t("resultsSoFar")}
      actions={
        allowedIn(job).share && (
          <Button size="small" look="quiet" onClick={() => setEmbedding(true)}>
            {t("embed")}
          </Button>
        )
      }
    >
      <div className="grid gap-6">
        {media.map((artifact) => (
          <MediaResult key={artifact.sha256} jobId={job.id} artifact={artifact} subtitles={subtitles} />
        ))}
        {files.length > 0 && <FileList jobId={job.id} artifacts={files} />}
      </div>
      {isEmbedding && <ShareDialog job={job} showsEmbed onClose={() => setEmbedding(false)} />}
    </Panel>
  );
}
