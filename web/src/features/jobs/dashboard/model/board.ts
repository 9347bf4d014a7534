import { waitsOf } from "../../detail/waits";
import type { Artifact, Job, JobState, JobSummary } from "../../model/job";
import { detailedJobsQuery, jobsQuery } from "../../model/queries";

/** A failure that is older has been looked at, or never will be. */
const RECENT_MS = 7 * 86_400_000;

export const runningQuery = jobsQuery({ state: ["running"], sort: "-created_at" }, 8);
/** The first that will start, and those that somebody holds. */
export const inLineQuery = jobsQuery({ state: ["queued", "paused"], sort: "-priority" }, 3);
/** The oldest first: it has waited longest. */
export const waitingQuery = detailedJobsQuery({ state: ["waiting"], sort: "created_at" }, 8);
export const finishedQuery = detailedJobsQuery({ state: ["succeeded"], sort: "-finished_at" }, 8);

export const failedQuery = {
  ...jobsQuery({ state: ["failed"], sort: "-finished_at" }, 5),
  select: ({ jobs }: { jobs: JobSummary[] }) => jobs.filter(isRecent),
};

function isRecent({ finished_at }: JobSummary): boolean {
  return finished_at !== null && Date.now() - Date.parse(finished_at) < RECENT_MS;
}

/** Whether a person has to answer; others wait for a file, a program or their next try. */
export function isTurn(job: Job): boolean {
  return waitsOf(job).some(({ isOutside }) => !isOutside);
}

export type Medium = "video" | "audio" | "other";

/** What comes out of a job, by its last file of that kind. */
export function mediumOf(job: Job): Medium {
  const types = filesOf(job).map(({ media_type }) => media_type);
  if (types.some((type) => type.startsWith("video/"))) return "video";
  return types.some((type) => type.startsWith("audio/")) ? "audio" : "other";
}

/** The picture that stands for a job: the one made for that, or else the last of all. */
export function pictureOf(job: Job): Artifact | null {
  const pictures = filesOf(job).filter(({ media_type }) => media_type.startsWith("image/"));
  return pictures.find(({ name }) => name.startsWith("thumbnail.")) ?? pictures.at(-1) ?? null;
}

export function countOf(counts: Partial<Record<JobState, number>>, ...states: readonly JobState[]): number {
  return states.reduce((sum, state) => sum + (counts[state] ?? 0), 0);
}

function filesOf(job: Job): readonly Artifact[] {
  return job.stages.flatMap((stage) => stage.artifacts);
}
