import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test } from "vitest";

import type { AdminSection } from "@/config/paths";
import { notices } from "@/lib/notices";
import { makeEntry, makeQueue, makeWorker } from "@/testing/admin";
import { ANN, show } from "@/testing/render";
import { server } from "@/testing/server";

import { AdminPage } from "./AdminPage";

beforeEach(() => {
  notices.set([]);
  answer("queues", { queues: [makeQueue()] });
});

function answer(section: string, body: object) {
  server.use(http.get(`*/api/admin/${section}`, () => HttpResponse.json(body)));
}

function open(section: AdminSection) {
  return show(<AdminPage section={section} />, { path: "/admin/:section", at: `/admin/${section}` });
}

test("a worker tells what it does, how far it is, and in which job", async () => {
  const work = {
    job: "job_7",
    pipeline: "text_to_speech",
    stage: "GENERATION",
    label: "Speaking",
    item: 2,
    attempt: 2,
    progress: 40,
    message: "Sentence 3 of 8",
    started_at: "2026-05-01T10:00:00Z",
  };
  answer("workers", {
    workers: [
      makeWorker({ state: "busy", work }),
      makeWorker({ id: "worker_2", pid: 2 }),
      makeWorker({ id: "worker_3", pid: 3, state: "lost", work: { ...work, job: "job_8", label: "Drawing" } }),
    ],
  });
  open("workers");
  const [busy, idle, lost] = await screen.findAllByText(/process \d/);
  const strip = (found: HTMLElement | undefined) => within(found?.closest("li") ?? document.body);
  expect(strip(busy).getByText("At work")).toBeInTheDocument();
  expect(strip(busy).getByRole("progressbar", { name: "Speaking, item 3, try 2" })).toHaveAttribute(
    "aria-valuenow",
    "40",
  );
  expect(strip(busy).getByRole("link", { name: "text to speech" })).toHaveAttribute("href", "/jobs/job_7");
  expect(strip(idle).getByText("Waits for work.")).toBeInTheDocument();
  expect(strip(lost).getByText("Lost")).toBeInTheDocument();
  expect(strip(lost).getByText(/starts again on another worker/)).toBeInTheDocument();
});

test("where no worker runs the page says how to start one", async () => {
  answer("workers", { workers: [] });
  open("workers");
  expect(await screen.findByText("No worker runs.")).toBeInTheDocument();
});

test("pausing a queue asks why, and shows that it drains", async () => {
  const asked: unknown[] = [];
  const pause = { by: ANN.id, by_name: "ann", at: "2026-05-01T10:00:00Z", reason: "A new card" };
  server.use(
    http.post("*/api/admin/queues/gpu/pause", async ({ request }) => {
      asked.push(await request.json());
      const paused = makeQueue({ state: "draining", active_parts: 2, pause });
      answer("queues", { queues: [paused] });
      return HttpResponse.json(paused);
    }),
  );
  const { person } = open("queues");
  await person.click(await screen.findByRole("button", { name: "Pause gpu" }));
  const dialog = within(screen.getByRole("dialog", { name: "Pause the queue gpu" }));
  await person.click(dialog.getByRole("button", { name: "Pause" }));
  expect(dialog.getByRole("alert")).toHaveTextContent("Say in a few words why");
  expect(asked).toEqual([]);
  await person.type(dialog.getByLabelText("Why?"), "  A new card ");
  await person.click(dialog.getByRole("button", { name: "Pause" }));
  expect(await screen.findByText("Being emptied")).toBeInTheDocument();
  expect(asked).toEqual([{ reason: "A new card" }]);
  expect(screen.getByText("2 parts still run; nothing else starts.")).toBeInTheDocument();
  expect(screen.getByText("A new card")).toBeInTheDocument();
  expect(screen.queryByRole("dialog")).not.toBeInTheDocument();
});

test("a paused queue is told of on every section, and resumed with one press", async () => {
  const pause = { by: "local", by_name: null, at: "2026-05-01T10:00:00Z", reason: "" };
  answer("queues", { queues: [makeQueue({ state: "paused", pause })] });
  server.use(
    http.post("*/api/admin/queues/gpu/resume", () => {
      answer("queues", { queues: [makeQueue()] });
      return HttpResponse.json(makeQueue());
    }),
  );
  const { person } = open("queues");
  expect(await screen.findByText("The queue gpu is paused: nothing of it starts.")).toBeInTheDocument();
  expect(await screen.findByText(/Paused by the command line/)).toBeInTheDocument();
  await person.click(screen.getByRole("button", { name: "Resume gpu" }));
  expect(await screen.findByRole("button", { name: "Pause gpu" })).toBeInTheDocument();
  expect(screen.queryByText("The queue gpu is paused: nothing of it starts.")).not.toBeInTheDocument();
});

test("a queue that nobody serves while parts wait says so", async () => {
  const ready = { low: 0, normal: 3, high: 0, urgent: 1 };
  answer("queues", {
    queues: [makeQueue({ workers: 0, ready_parts: 4, ready_by_priority: ready, oldest_seconds: 75 })],
  });
  open("queues");
  expect(await screen.findByText("No worker serves this queue: what is in it waits.")).toBeInTheDocument();
  expect(screen.getByText("1:15")).toBeInTheDocument();
});

test("failures link to the last job and to the failed jobs of the pipeline", async () => {
  const hours: (string | null)[] = [];
  server.use(
    http.get("*/api/admin/failures", ({ request }) => {
      hours.push(new URL(request.url).searchParams.get("hours"));
      const cause = {
        pipeline: "text_to_speech",
        stage: "GENERATION",
        code: "engine_failed",
        failed_tries: 4,
        failed_parts: 1,
        jobs: 2,
        last_at: "2026-05-01T10:00:00Z",
        last_job: "job_9",
        message: "The engine broke.",
      };
      return HttpResponse.json({ causes: [cause] });
    }),
  );
  const { person } = open("failures");
  expect(await screen.findByRole("link", { name: "The last job" })).toHaveAttribute("href", "/jobs/job_9");
  expect(screen.getByRole("link", { name: "Failed jobs of this pipeline" })).toHaveAttribute(
    "href",
    "/jobs?state=failed&pipeline=text_to_speech",
  );
  await person.click(screen.getByRole("radio", { name: "7 days" }));
  await waitFor(() => expect(hours).toEqual(["24", "168"]));
});

test("the audit log speaks in sentences, and asks for what is filtered", async () => {
  const asked: string[] = [];
  server.use(
    http.get("*/api/admin/audit", ({ request }) => {
      const { searchParams } = new URL(request.url);
      asked.push(searchParams.toString());
      const entries = [
        makeEntry({ id: 4, actor: "", actor_name: null, action: "login.failed" }),
        makeEntry({ id: 3, action: "user.changed", data: { role: "admin" } }),
        makeEntry({ id: 2, action: "queue.paused", target: "gpu", target_name: null, data: { reason: "New card" } }),
        makeEntry({ id: 1, action: "moon.landed", target: "", target_name: null }),
      ];
      return HttpResponse.json(
        searchParams.has("before") ? { entries: [makeEntry({ id: 0 })], next: null } : { entries, next: 1 },
      );
    }),
  );
  const { person } = open("audit");
  // Names are set apart by invisible characters, so that they keep their direction.
  const name = (text: string) => `\u2068${text}\u2069`;
  expect(await screen.findByText(`A login to ${name("ben")} failed`)).toBeInTheDocument();
  expect(screen.getByText(`${name("ann")} changed ${name("ben")}`)).toBeInTheDocument();
  expect(screen.getByText(/role: Administrator/)).toBeInTheDocument();
  expect(screen.getByText(`${name("ann")} paused the queue ${name("gpu")}`)).toBeInTheDocument();
  expect(screen.getByText(/reason:.*New card/)).toBeInTheDocument();
  expect(screen.getByText(/moon\.landed/)).toBeInTheDocument();
  await person.click(screen.getByRole("button", { name: "Load more" }));
  await waitFor(() => expect(asked.at(-1)).toBe("limit=50&before=1"));
  await person.type(screen.getByLabelText("Who"), "ann");
  await person.selectOptions(screen.getByLabelText("What"), "login.failed");
  await person.click(screen.getByRole("button", { name: "Filter" }));
  await waitFor(() => expect(asked.at(-1)).toBe("actor=ann&action=login.failed&limit=50"));
});

test("storage tells of a disk that is almost full, and of owners who are gone", async () => {
  const filling = { bytes: 1_000, count: 1 };
  answer("storage", {
    total: filling,
    by_content: { assets: filling, previews: filling, artifacts: filling, uploads: filling },
    disk_free_bytes: 5_000_000,
    disk_total_bytes: 100_000_000,
    owners: [
      { owner: "user_9", username: null, plan: null, asset_bytes: 0, artifact_bytes: 2_000, limit_bytes: null },
      { owner: "user_2", username: "ben", plan: "free", asset_bytes: 95, artifact_bytes: 0, limit_bytes: 100 },
    ],
  });
  open("storage");
  expect(await screen.findByText(/The disk is almost full/)).toBeInTheDocument();
  expect(screen.getByText("no user any more")).toBeInTheDocument();
  expect(screen.getByText("95 % / 100 B")).toBeInTheDocument();
});

test("an engine that is missing says what to type", async () => {
  const engine = {
    kind: "kokoro",
    capability: "speech",
    title: "Kokoro",
    quality: "model",
    licence: "Apache-2.0",
    queue: "gpu",
    languages: ["en"],
    note: "",
    ready: false,
    reason: "The package kokoro is missing.",
    remedy: "pip install kokoro",
  };
  server.use(http.get("*/api/engines", () => HttpResponse.json({ engines: [engine] })));
  open("engines");
  expect(await screen.findByText("Missing")).toBeInTheDocument();
  expect(screen.getByLabelText("What to type")).toHaveValue("pip install kokoro");
});

test("a section that cannot be loaded says why, and is asked for again", async () => {
  server.use(
    http.get("*/api/admin/workers", () =>
      HttpResponse.json({ code: "not_allowed", detail: "You may not.", hint: "Ask Ann." }, { status: 403 }),
    ),
  );
  const { person } = open("workers");
  expect(await screen.findByText("You may not.")).toBeInTheDocument();
  answer("workers", { workers: [] });
  await person.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByText("No worker runs.")).toBeInTheDocument();
});
