import type { components } from "@/generated/schema";

export type Job = components["schemas"]["JobOut"];
export type JobSummary = components["schemas"]["JobSummaryOut"];
export type JobState = components["schemas"]["JobState"];
export type Stage = components["schemas"]["StageOut"];
export type StageSummary = components["schemas"]["StageSummaryOut"];
export type Part = components["schemas"]["PartOut"];
export type PartState = components["schemas"]["PartState"];
export type Artifact = components["schemas"]["ArtifactOut"];
export type Priority = components["schemas"]["Priority"];
export type Pipeline = components["schemas"]["PipelineOut"];

export const JOB_STATES = [
  "queued",
  "running",
  "waiting",
  "paused",
  "succeeded",
  "failed",
  "cancelled",
] as const satisfies readonly JobState[];
export const FINAL_STATES: readonly JobState[] = ["succeeded", "failed", "cancelled"];

export function isFinal(job: { state: JobState }): boolean {
  return FINAL_STATES.includes(job.state);
}

/** What a maker calls it: its description, or what it makes. */
export function nameOf(job: { description: string; pipeline: string }): string {
  return job.description === "" ? job.pipeline.replaceAll("_", " ") : job.description;
}
