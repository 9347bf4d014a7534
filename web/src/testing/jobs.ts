import type { Artifact, Job, JobState, JobSummary, Part, Stage } from "@/features/jobs/model/job";
import type { components } from "@/generated/schema";

const MADE_AT = "2026-05-01T10:00:00Z";

export function makePart(change: Partial<Part> = {}): Part {
  return {
    id: 1,
    item: null,
    state: "active",
    progress: 0,
    message: null,
    attempt: 1,
    failures: 0,
    losses: 0,
    worker: "worker_1",
    started_at: MADE_AT,
    finished_at: null,
    wait: null,
    error: null,
    ...change,
  };
}

export function makeArtifact(change: Partial<Artifact> = {}): Artifact {
  return {
    name: "speech.wav",
    part: 1,
    sha256: `sha256-of-${change.name ?? "speech.wav"}`,
    size_bytes: 64_000,
    media_type: "audio/wav",
    created_at: MADE_AT,
    url: "/api/files/speech.wav",
    ...change,
  };
}

export function makeStage(change: Partial<Stage> = {}): Stage {
  return {
    key: "GENERATION",
    label: "Speaking",
    weight: 100,
    kind: "automatic",
    state: "active",
    progress: 0,
    started_at: MADE_AT,
    finished_at: null,
    error: null,
    queue: "cpu",
    items: null,
    wait: null,
    parts: [makePart()],
    artifacts: [],
    values: {},
    made_by: [],
    queue_paused: false,
    ...change,
  };
}

export function makeJob(change: Partial<Job> = {}): Job {
  return { ...makeSummary(), params: {}, inputs: [], stages: [makeStage()], ...change };
}

export function makeSummary(change: Partial<JobSummary> = {}): JobSummary {
  return {
    id: "job_06fk3000000000000000000001",
    pipeline: "text_to_speech",
    version: 1,
    state: "running",
    status: "processing",
    progress: 0,
    current_stage: "GENERATION",
    remaining_seconds: null,
    priority: "normal",
    generation: 1,
    last_seq: 3,
    description: "Good morning",
    metadata: {},
    created_at: MADE_AT,
    started_at: MADE_AT,
    finished_at: null,
    error: null,
    stages: [],
    ...change,
  };
}

/** So many jobs in each state; none in those that are not named. */
export function makeCounts(byState: Partial<Record<JobState, number>>): components["schemas"]["JobCounts"] {
  const none = { queued: 0, running: 0, waiting: 0, paused: 0, succeeded: 0, failed: 0, cancelled: 0 };
  const total = Object.values(byState).reduce((sum, amount) => sum + amount, 0);
  return { total, by_state: { ...none, ...byState }, by_pipeline: total === 0 ? {} : { text_to_speech: total } };
}
