import { useQuery } from "@tanstack/react-query";
import { AudioLines, FileCheck2, Film, Play, type LucideIcon } from "lucide-react";
import { useState } from "react";

import { fileLinkQuery } from "../../detail/queries";
import type { Artifact, Job } from "../../model/job";
import { type Medium, mediumOf, pictureOf } from "../model/board";

const ICONS: Record<Medium, LucideIcon> = { video: Film, audio: AudioLines, other: FileCheck2 };

/** What a job looks like: its picture, or else the kind of what it made. */
export function Poster({ job }: { job: Job }) {
  const picture = pictureOf(job);
  const medium = mediumOf(job);
  const Icon = ICONS[medium];
  return (
    <div className="relative grid aspect-video place-items-center overflow-hidden rounded-panel border border-line bg-well text-ink-faint group-hover:border-line-strong">
      <Icon aria-hidden className="size-8" strokeWidth={1.5} />
      {picture !== null && <Picture jobId={job.id} artifact={picture} />}
      {medium !== "other" && (
        <span className="absolute bottom-2 left-2 grid size-8 place-items-center rounded-full bg-panel/85 text-ink">
          <Play aria-hidden className="size-3.5 fill-current" />
        </span>
      )}
    </div>
  );
}

/** Covers the icon once it is there. */
function Picture({ jobId, artifact }: { jobId: string; artifact: Artifact }) {
  const { data: link } = useQuery({ ...fileLinkQuery(jobId, artifact, "inline"), refetchInterval: false });
  const [brokenUrl, setBroken] = useState<string | null>(null);
  if (link === undefined || link.url === brokenUrl) return null;
  return (
    <img
      src={link.url}
      alt=""
      loading="lazy"
      onError={() => setBroken(link.url)}
      className="absolute inset-0 size-full bg-well object-contain"
    />
  );
}
