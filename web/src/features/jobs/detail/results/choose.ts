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

/** The files of the last stage that left some. A picture beside a video is its thumbnail, and no result of its own. */
export function chosenResults(job: Job): Results {
  const last = job.stages.filter(({ artifacts }) => artifacts.length > 0).at(-1)?.artifacts ?? [];
  const hasVideo = last.some((artifact) => kindOf(artifact) === "video");
  const shown = ORDER.filter((kind) => !(kind === "picture" && hasVideo));
  const media = shown.flatMap((kind) => last.filter((artifact) => kindOf(artifact) === kind)).slice(0, MOST_MEDIA);
  return {
    media,
    files: last.filter((artifact) => !media.includes(artifact)),
    subtitles: last.find(isSubtitles) ?? null,
  };
}
