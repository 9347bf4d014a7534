import type { Artifact, Job } from "../../model/job";
import { isSubtitles, kindOf } from "./kinds";

interface Results {
  /** What is played or looked at, the main one first. */
  media: Artifact[];
  files: Artifact[];
  subtitles: Artifact | null;
}

const MOST_MEDIA = 4;
const ORDER = ["video", "audio", "picture"] as const;

/**
 * The files of the last stage that left some; before success, what can be played or looked at so far. A picture beside a
 * video is its thumbnail, and no result of its own.
 */
export function chosenResults(job: Job): Results {
  const isDone = job.state === "succeeded";
  const last =
    job.stages.map(({ artifacts }) => artifacts).findLast((left) => left.some((file) => isDone || isMedia(file))) ?? [];
  const hasVideo = last.some((artifact) => kindOf(artifact) === "video");
  const shown = ORDER.filter((kind) => !(kind === "picture" && hasVideo));
  const media = shown.flatMap((kind) => last.filter((artifact) => kindOf(artifact) === kind)).slice(0, MOST_MEDIA);
  return {
    media,
    files: isDone ? last.filter((artifact) => !media.includes(artifact)) : [],
    subtitles: last.find(isSubtitles) ?? null,
  };
}

function isMedia(artifact: Artifact): boolean {
  return ["video", "audio", "picture"].includes(kindOf(artifact));
}
