import { useQuery } from "@tanstack/react-query";
import { Download, Link2 } from "lucide-react";
import { useTranslation } from "react-i18next";

import { Failure } from "@/components/errors/Failure";
import { AudioPlayer } from "@/components/ui/AudioPlayer";
import { Button } from "@/components/ui/Button";
import { formatBytes } from "@/lib/format";

import type { Artifact } from "../../model/job";
import { fileLinkQuery } from "../queries";
import { useFileActions } from "./file-actions";
import { Film } from "./Film";
import { kindOf } from "./kinds";

interface MediaResultProps {
  jobId: string;
  artifact: Artifact;
  subtitles: Artifact | null;
}

/** A film, a sound or a picture, ready to be played, and what can be done with it. */
export function MediaResult({ jobId, artifact, subtitles }: MediaResultProps) {
  const { t } = useTranslation("job");
  const { download, copyLink } = useFileActions(jobId, artifact);
  return (
    <figure className="grid gap-3">
      <Shown jobId={jobId} artifact={artifact} subtitles={subtitles} />
      <figcaption className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <span className="min-w-0 truncate text-small" title={artifact.name}>
          {artifact.name}
        </span>
        <span className="figures text-ink-faint">{formatBytes(artifact.size_bytes)}</span>
        <span className="flex flex-wrap gap-2 sm:ml-auto">
          <Button
            size="small"
            look="quiet"
            aria-label={t("copyLinkName", { name: artifact.name })}
            icon={<Link2 aria-hidden className="size-4" />}
            onClick={() => void copyLink()}
          >
            {t("copyLink")}
          </Button>
          <Button
            size="small"
            aria-label={t("downloadName", { name: artifact.name })}
            icon={<Download aria-hidden className="size-4" />}
            onClick={() => void download()}
          >
            {t("download")}
          </Button>
        </span>
      </figcaption>
    </figure>
  );
}

function Shown({ jobId, artifact, subtitles }: MediaResultProps) {
  const { t } = useTranslation("job");
  const { data: link, error, refetch } = useQuery(fileLinkQuery(jobId, artifact, "inline"));
  if (error !== null && link === undefined) return <Failure failure={error} onRetry={() => void refetch()} />;
  if (link === undefined) return <div aria-hidden className="h-24 animate-breathe rounded-small bg-well" />;
  const renew = async () => (await refetch()).data?.url ?? null;
  const kind = kindOf(artifact);
  if (kind === "picture")
    return (
      <img
        src={link.url}
        alt={t("picture", { name: artifact.name })}
        className="max-h-[70dvh] w-auto max-w-full rounded-small"
      />
    );
  if (kind === "audio")
    return (
      <AudioPlayer
        key={artifact.sha256}
        src={link.url}
        name={artifact.name}
        sizeBytes={artifact.size_bytes}
        renew={renew}
      />
    );
  return <Film jobId={jobId} url={link.url} name={artifact.name} subtitles={subtitles} renew={renew} />;
}
