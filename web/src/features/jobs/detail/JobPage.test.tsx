import { act, screen, waitFor } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test } from "vitest";

import type { Job } from "@/features/jobs/model/job";
import { jobKeys } from "@/features/jobs/model/queries";
import { keepTick, withTicks } from "@/features/jobs/model/ticks";
import { notices } from "@/lib/notices";
import { makeArtifact, makeJob, makePart, makeStage } from "@/testing/jobs";
import { show } from "@/testing/render";
import { server } from "@/testing/server";

import { JobPage } from "./JobPage";

const ERROR = {
  code: "no_face",
  message: "No face was found in the portrait.",
  hint: "Choose a picture of one person.",
};
const REFUSAL = {
  code: "illegal_transition",
  detail: "Job is running: it cannot become that.",
  title: "",
  status: 409,
};

let sent: { path: string; body: unknown }[] = [];

beforeEach(() => {
  sent = [];
  server.use(
    http.get("*/api/pipelines", () => HttpResponse.json({ pipelines: [] })),
    http.get("*/api/jobs/:job/logs", () => HttpResponse.json([])),
    http.get("*/api/jobs/:job/attempts", () => HttpResponse.json([])),
  );
});

/** The page of a job, for which the server answers each wish with what `after` makes of it. */
function showJob(job: Job, after: (job: Job) => Job = (same) => same) {
  let current = job;
  server.use(
    http.get("*/api/jobs/:job", () => HttpResponse.json(current)),
    http.post("*/api/jobs/:job/:wish", async ({ request }) => answer(request)),
    http.post("*/api/jobs/:job/stages/:stage/answer", async ({ request }) => answer(request)),
    http.patch("*/api/jobs/:job", async ({ request }) => answer(request)),
  );
  async function answer(request: Request) {
    const text = await request.text();
    sent.push({ path: new URL(request.url).pathname, body: text === "" ? null : (JSON.parse(text) as unknown) });
    current = after(current);
    return HttpResponse.json(current);
  }
  return show(<JobPage />, { path: "/jobs/:jobId", at: `/jobs/${job.id}` });
}

test("a failed stage is open by itself and says what happened and what to do", async () => {
  const failed = makeStage({
    key: "SETUP",
    label: "Checking the portrait",
    state: "failed",
    error: ERROR,
    parts: [makePart({ state: "failed", error: ERROR })],
  });
  showJob(
    makeJob({
      state: "failed",
      error: ERROR,
      stages: [makeStage({ key: "A", label: "Reading", state: "completed" }), failed],
    }),
  );
  expect(await screen.findByRole("heading", { name: "Failed in “Checking the portrait”" })).toBeVisible();
  expect(screen.getByRole("button", { name: /^Checking the portrait/, expanded: true })).toBeVisible();
  expect(screen.getByRole("button", { name: /^Reading/, expanded: false })).toBeVisible();
  expect(screen.getAllByText(ERROR.message)).not.toHaveLength(0);
  expect(screen.getAllByText(ERROR.hint)).not.toHaveLength(0);
});

test("retrying sends the stage from which", async () => {
  const stage = makeStage({
    key: "SETUP",
    state: "failed",
    error: ERROR,
    parts: [makePart({ state: "failed", error: ERROR })],
  });
  const { person } = showJob(makeJob({ state: "failed", error: ERROR, stages: [stage] }), (job) => ({
    ...job,
    state: "running",
    error: null,
  }));
  const [first] = await screen.findAllByRole("button", { name: "Retry this stage" });
  await person.click(first ?? document.body);
  await waitFor(() =>
    expect(sent).toEqual([{ path: expect.stringMatching(/\/retry$/) as string, body: { from: "SETUP", params: {} } }]),
  );
  expect(await screen.findByRole("button", { name: "Pause" })).toBeVisible();
});

test("ticks move the percent and the rail, and never back", async () => {
  const job = makeJob({ stages: [makeStage({ parts: [makePart({ id: 7 })] })] });
  const { queries } = showJob(job);
  const bar = await screen.findByRole("progressbar", { name: "Progress of Good morning" });
  function tick(fraction: number) {
    keepTick({
      job: job.id,
      stage: "GENERATION",
      item: null,
      part: 7,
      attempt: 1,
      fraction,
      message: "Sentence 3 of 9",
    });
    act(() => {
      queries.setQueryData<Job>(jobKeys.one(job.id), (held) => held && withTicks(held));
    });
  }
  tick(0.47);
  await waitFor(() => expect(bar).toHaveAttribute("aria-valuenow", "47"));
  expect(screen.getByText("Sentence 3 of 9")).toBeVisible();
  expect(document.title).toContain("47 % · Good morning");
  tick(0.3);
  expect(bar).toHaveAttribute("aria-valuenow", "47");
});

test("changes of state are spoken, percents are not", async () => {
  const job = makeJob({ progress: 12, stages: [makeStage({ progress: 12 })] });
  showJob(job);
  const spoken = await screen.findByText("Running. Speaking.");
  expect(spoken).toHaveAttribute("role", "status");
});

test("the time remaining is shown only when it is known", async () => {
  showJob(makeJob({ remaining_seconds: 83 }));
  expect(await screen.findByText("about 1:23")).toBeVisible();
});

test("without a known time remaining nothing is made up", async () => {
  showJob(makeJob({ remaining_seconds: null }));
  expect(await screen.findByText("Elapsed")).toBeVisible();
  expect(screen.queryByText("Remaining")).toBeNull();
});

const WAIT = {
  kind: "manual" as const,
  reason: "Look at the scenes.",
  actions: ["continue", "skip_review"],
  due_at: null,
};

function waitingJob(): Job {
  const parts = [makePart({ state: "waiting", wait: WAIT })];
  return makeJob({
    state: "waiting",
    stages: [makeStage({ key: "REVIEW", label: "Looking", state: "waiting", wait: WAIT, parts })],
  });
}

test("a stage that waits says why, offers its actions and sends the answer", async () => {
  const { person } = showJob(waitingJob(), (job) => ({
    ...job,
    state: "running",
    stages: [makeStage({ key: "REVIEW", label: "Looking" })],
  }));
  expect(await screen.findByText("Look at the scenes.")).toBeVisible();
  expect(screen.getByRole("button", { name: "Continue" })).toBeVisible();
  await person.click(screen.getByRole("button", { name: "Skip review" }));
  expect(await screen.findByText("“Skip review” was sent. The job goes on with “Looking”.")).toBeVisible();
  expect(sent).toEqual([
    { path: expect.stringMatching(/\/stages\/REVIEW\/answer$/) as string, body: { action: "skip_review", data: {} } },
  ]);
});

test("an answer that is refused leaves the question where it was", async () => {
  const { person } = showJob(waitingJob());
  server.use(http.post("*/api/jobs/:job/stages/:stage/answer", () => HttpResponse.json(REFUSAL, { status: 409 })));
  await person.click(await screen.findByRole("button", { name: "Continue" }));
  await waitFor(() => expect(notices.get().at(-1)).toMatchObject({ tone: "failed", text: REFUSAL.detail }));
  expect(screen.getByText("Look at the scenes.")).toBeVisible();
});

test("pausing shows at once and is taken back where the server refuses", async () => {
  const { person } = showJob(makeJob());
  let refuse = (): void => undefined;
  const asked = new Promise<void>((resolve) => (refuse = resolve));
  server.use(
    http.post("*/api/jobs/:job/pause", async () => {
      await asked;
      return HttpResponse.json(REFUSAL, { status: 409 });
    }),
  );
  await person.click(await screen.findByRole("button", { name: "Pause" }));
  expect(await screen.findByRole("button", { name: "Resume" })).toBeVisible();
  refuse();
  expect(await screen.findByRole("button", { name: "Pause" })).toBeVisible();
  expect(notices.get().at(-1)).toMatchObject({ tone: "failed", text: REFUSAL.detail });
});

test("cancelling ends the job at once, and a retry may follow", async () => {
  const { person } = showJob(makeJob(), (job) => ({ ...job, state: "cancelled" }));
  await person.click(await screen.findByRole("button", { name: "Cancel" }));
  expect(await screen.findByRole("button", { name: "Retry" })).toBeVisible();
  await waitFor(() => expect(notices.get().at(-1)?.text).toBe("Cancelled. Retry goes on from where it was."));
});

test("a job that was deleted elsewhere is gone, and the way to the others is there", async () => {
  server.use(
    http.get("*/api/jobs/:job", () =>
      HttpResponse.json({ code: "job_not_found", detail: "There is no job." }, { status: 404 }),
    ),
  );
  show(<JobPage />, { path: "/jobs/:jobId", at: "/jobs/job_1" });
  expect(await screen.findByRole("heading", { name: "This job is gone." })).toBeVisible();
  expect(screen.getByRole("link", { name: "All jobs" })).toBeVisible();
});

test("a name that looks like a page is shown as text", async () => {
  const name = "<img src=x onerror=alert(1)> صباح الخير";
  const { container } = showJob(makeJob({ description: name }));
  expect(await screen.findByRole("heading", { level: 1, name })).toBeVisible();
  expect(container.querySelector("img")).toBeNull();
});

test("a job is renamed where its name stands", async () => {
  const { person } = showJob(makeJob(), (job) => ({ ...job, description: "Lesson 3" }));
  await person.click(await screen.findByRole("button", { name: "Rename" }));
  await person.clear(screen.getByRole("textbox", { name: "Name of the job" }));
  await person.type(screen.getByRole("textbox", { name: "Name of the job" }), "Lesson 3{Enter}");
  expect(await screen.findByRole("heading", { level: 1, name: "Lesson 3" })).toBeVisible();
  await waitFor(() =>
    expect(sent).toEqual([
      { path: expect.stringMatching(/\/api\/jobs\//) as string, body: { description: "Lesson 3" } },
    ]),
  );
});

test("what somebody opened stays open when the job goes on", async () => {
  const first = makeStage({ key: "A", label: "Reading", state: "completed" });
  const { person, queries } = showJob(makeJob({ stages: [first, makeStage({ key: "B", label: "Speaking" })] }));
  await person.click(await screen.findByRole("button", { name: /^Reading/, expanded: false }));
  const later = makeJob({
    stages: [
      first,
      makeStage({ key: "B", label: "Speaking", state: "completed" }),
      makeStage({ key: "C", label: "Saving" }),
    ],
  });
  act(() => {
    queries.setQueryData<Job>(jobKeys.one(later.id), later);
  });
  expect(await screen.findByRole("button", { name: /^Saving/, expanded: false })).toBeVisible();
  expect(screen.getByRole("button", { name: /^Reading/, expanded: true })).toBeVisible();
});

test("a stage that does not start says why", async () => {
  const stage = makeStage({
    state: "ready",
    queue: "gpu",
    queue_paused: true,
    parts: [makePart({ state: "ready", attempt: 0 })],
  });
  showJob(makeJob({ state: "queued", stages: [stage] }));
  expect(await screen.findByText(/An administrator has paused the queue “gpu”/)).toBeVisible();
});

test("of many items only those that move, wait or failed are listed at first", async () => {
  const parts = Array.from({ length: 80 }, (_, item) =>
    makePart({ id: item + 1, item, state: item === 40 ? "active" : "completed", progress: item === 40 ? 50 : 100 }),
  );
  showJob(makeJob({ stages: [makeStage({ items: 80, parts })] }));
  expect(await screen.findByText("79 of 80 items done")).toBeVisible();
  expect(screen.getByText("Item 41")).toBeVisible();
  expect(screen.queryByText("Item 1")).toBeNull();
  expect(screen.getByRole("button", { name: "Show all 80 items" })).toBeVisible();
});

test("a film is shown with its subtitles, other files with their size", async () => {
  server.use(
    http.get("*/api/jobs/:job/artifacts/:name/link", ({ params }) =>
      HttpResponse.json({ url: `/signed/${String(params.name)}`, expires_at: "2100-01-01T00:00:00Z" }),
    ),
  );
  const artifacts = [
    makeArtifact({ name: "video.mp4", media_type: "video/mp4" }),
    makeArtifact({ name: "subtitles.vtt", media_type: "text/vtt" }),
    makeArtifact({ name: "report.json", media_type: "application/json", size_bytes: 1500 }),
  ];
  const { container } = showJob(
    makeJob({ state: "succeeded", progress: 100, stages: [makeStage({ state: "completed", artifacts })] }),
  );
  await waitFor(() => expect(container.querySelector("video")).toHaveAttribute("src", "/signed/video.mp4"));
  await waitFor(() => expect(container.querySelector("track")).toHaveAttribute("src", "/signed/subtitles.vtt"));
  expect(screen.getByText("report.json")).toBeVisible();
  expect(screen.getByText("1.5 KB")).toBeVisible();
});
