import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test } from "vitest";

import { notices } from "@/lib/notices";
import { makeArtifact, makeCounts, makeJob, makePart, makeStage } from "@/testing/jobs";
import { show } from "@/testing/render";
import { server } from "@/testing/server";

import type { Job, JobState } from "../model/job";
import { DashboardPage } from "./DashboardPage";

const JUST_NOW = new Date().toISOString();
const LONG_AGO = "2020-01-01T00:00:00Z";
const WAITS = makeJob({
  id: "job_waits",
  description: "Chapter 4",
  state: "waiting",
  stages: [
    makeStage({
      key: "REVIEW",
      label: "Review",
      state: "waiting",
      parts: [
        makePart({
          id: 7,
          state: "waiting",
          wait: { kind: "manual", reason: "Listen to the voice.", actions: ["approve", "reject"], due_at: null },
        }),
      ],
    }),
  ],
});

beforeEach(() => notices.set([]));

/** The page over a server that has these jobs. */
function showBoard(jobs: Job[]) {
  const counted: Partial<Record<JobState, number>> = {};
  for (const { state } of jobs) counted[state] = (counted[state] ?? 0) + 1;
  server.use(
    http.get("*/api/pipelines", () => HttpResponse.json({ pipelines: [] })),
    http.get("*/api/jobs/counts", () => HttpResponse.json(makeCounts(counted))),
    http.get("*/api/jobs/statistics", () => HttpResponse.json({ days: 30, pipelines: [] })),
    http.get("*/api/jobs", ({ request }) => {
      const states = new URL(request.url).searchParams.getAll("state");
      return HttpResponse.json({ jobs: jobs.filter(({ state }) => states.includes(state)), next: null });
    }),
  );
  return show(<DashboardPage />);
}

const section = (name: string) => within(screen.getByRole("heading", { name }).closest("section") ?? document.body);

test("who has made nothing yet is invited to try the sample", async () => {
  showBoard([]);
  expect(await screen.findByRole("link", { name: "Try it with the sample" })).toHaveAttribute(
    "href",
    "/new/full_pipeline?sample=1",
  );
  expect(screen.getByRole("heading", { level: 1, name: "Make your first video" })).toBeVisible();
});

test("a section is there only when it has something", async () => {
  showBoard([makeJob({ description: "Lesson 7", state: "running", progress: 40 })]);
  expect(await screen.findByRole("heading", { name: "What runs" })).toBeVisible();
  expect(section("What runs").getByRole("link", { name: "Lesson 7" })).toBeVisible();
  expect(section("What runs").getByRole("progressbar")).toHaveAttribute("aria-valuenow", "40");
  for (const name of ["Your turn", "Needs a look", "Finished lately"])
    expect(screen.queryByRole("heading", { name })).not.toBeInTheDocument();
});

test("the counts lead to the jobs of each state", async () => {
  showBoard([makeJob({ state: "running" })]);
  const counts = within(await screen.findByRole("navigation", { name: "Jobs by state" }));
  expect(counts.getByRole("link", { name: "1 Running" })).toHaveAttribute("href", "/jobs?state=running");
  expect(counts.getByRole("link", { name: "0 Failed" })).toHaveAttribute("href", "/jobs?state=failed");
  expect(counts.getByRole("link", { name: "1 All jobs" })).toHaveAttribute("href", "/jobs");
});

test("your turn says why, and an answer goes to the stage that waits", async () => {
  const { person } = showBoard([WAITS]);
  const sent: unknown[] = [];
  server.use(
    http.post("*/api/jobs/job_waits/stages/REVIEW/answer", async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json({ ...WAITS, state: "running" });
    }),
  );
  expect(await screen.findByText("Listen to the voice.")).toBeVisible();
  await person.click(screen.getByRole("button", { name: "Approve" }));
  await waitFor(() => expect(sent).toEqual([{ action: "approve", data: {} }]));
});

test("an answer that is refused says why and leaves the buttons", async () => {
  const { person } = showBoard([WAITS]);
  server.use(
    http.post("*/answer", () =>
      HttpResponse.json(
        { code: "x", detail: "Somebody was faster.", hint: "", status: 409, title: "" },
        { status: 409 },
      ),
    ),
  );
  await person.click(await screen.findByRole("button", { name: "Reject" }));
  await waitFor(() => expect(notices.get()[0]).toMatchObject({ tone: "failed", text: "Somebody was faster." }));
  expect(screen.getByRole("button", { name: "Reject" })).toBeEnabled();
});

test("a job that waits for its next try is nobody's turn", async () => {
  const wait = { kind: "backoff" as const, reason: "The engine was busy.", actions: [], due_at: JUST_NOW };
  const stages = [makeStage({ state: "waiting", parts: [makePart({ state: "waiting", wait })] })];
  showBoard([makeJob({ description: "Lesson 8", state: "waiting", stages })]);
  expect(await screen.findByRole("heading", { name: "What runs" })).toBeVisible();
  expect(section("What runs").getByRole("link", { name: "Lesson 8" })).toBeVisible();
  expect(screen.queryByRole("heading", { name: "Your turn" })).not.toBeInTheDocument();
});

test("what failed lately says why and can be tried again; what failed long ago is left alone", async () => {
  const error = { code: "no_face", message: "No face was found.", hint: "" };
  const { person } = showBoard([
    makeJob({ id: "job_new", description: "Trailer", state: "failed", finished_at: JUST_NOW, error }),
    makeJob({ id: "job_old", description: "Old trailer", state: "failed", finished_at: LONG_AGO, error }),
  ]);
  const sent: string[] = [];
  server.use(
    http.post("*/api/jobs/:job/retry", ({ params }) => {
      sent.push(String(params.job));
      return HttpResponse.json(makeJob({ id: "job_new" }));
    }),
  );
  expect(await screen.findByText("No face was found.")).toBeVisible();
  expect(screen.queryByText("Old trailer")).not.toBeInTheDocument();
  await person.click(screen.getByRole("button", { name: "Retry Trailer" }));
  await waitFor(() => expect(sent).toEqual(["job_new"]));
});

test("what is done shows its picture and leads to the job", async () => {
  const picture = makeArtifact({ name: "thumbnail.jpg", media_type: "image/jpeg" });
  const film = makeArtifact({ name: "video.mp4", media_type: "video/mp4" });
  server.use(
    http.get("*/api/jobs/:job/artifacts/thumbnail.jpg/link", () =>
      HttpResponse.json({ url: "/content/thumbnail.jpg", expires_at: "2030-01-01T00:00:00Z" }),
    ),
  );
  const stages = [makeStage({ state: "completed", artifacts: [film, picture] })];
  showBoard([makeJob({ id: "job_done", description: "Welcome", state: "succeeded", finished_at: JUST_NOW, stages })]);
  const link = await screen.findByRole("link", { name: "Watch Welcome" });
  expect(link).toHaveAttribute("href", "/jobs/job_done");
  await waitFor(() => expect(link.querySelector("img")).toHaveAttribute("src", "/content/thumbnail.jpg"));
});

test("names from people are shown as text", async () => {
  const name = "<img src=x onerror=alert(1)>";
  showBoard([makeJob({ description: name, state: "running" })]);
  expect(await screen.findByRole("link", { name })).toBeVisible();
});
