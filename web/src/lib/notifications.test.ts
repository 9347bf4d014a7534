import { afterEach, beforeEach, expect, test, vi } from "vitest";

import type { Fact } from "@/lib/live";
import { type News, NewsDesk, unseen, wish } from "@/lib/notifications";

const ALL = { browser: false, sound: false, waiting: true, succeeded: true, failed: true };
const page = { isLookedAt: true, shown: "" };
const told: (readonly News[])[] = [];
const toldOutside: (readonly News[])[] = [];
let desk: NewsDesk;

beforeEach(() => {
  vi.useFakeTimers();
  Object.assign(page, { isLookedAt: true, shown: "" });
  wish(ALL);
  desk = new NewsDesk({
    shows: (job) => page.isLookedAt && job === page.shown,
    isLookedAt: () => page.isLookedAt,
    tell: (news) => told.push(news),
    tellOutside: (news) => toldOutside.push(news),
  });
});

afterEach(() => {
  desk.stop();
  told.length = 0;
  toldOutside.length = 0;
  vi.useRealTimers();
});

function become(job: string, kind: Fact["kind"], isReader = true) {
  const fact = { job, kind, seq: 1, stage: null, at: "2026-05-01T10:00:00Z", data: {} };
  desk.hear({ type: "fact", fact }, isReader);
}

test("fifty jobs that end together are one message", () => {
  for (let job = 0; job < 50; job += 1) become(`job_${job}`, "job.succeeded");
  vi.advanceTimersByTime(120_000);
  expect(told.map((news) => news.length)).toEqual([50]);
});

test("jobs that keep ending are told ever more seldom", () => {
  for (let second = 0; second < 300; second += 1) {
    become(`job_${second}`, "job.succeeded");
    vi.advanceTimersByTime(1_000);
  }
  expect(told.length).toBeLessThan(10);
});

test("after a quiet time the next message comes soon again", () => {
  become("job_1", "job.succeeded");
  vi.advanceTimersByTime(60_000);
  become("job_2", "job.failed");
  vi.advanceTimersByTime(1_000);
  expect(told).toEqual([[{ job: "job_1", kind: "succeeded" }], [{ job: "job_2", kind: "failed" }]]);
});

test("of a job only the last news counts", () => {
  become("job_1", "job.waiting");
  become("job_1", "job.succeeded");
  vi.advanceTimersByTime(1_000);
  expect(told).toEqual([[{ job: "job_1", kind: "succeeded" }]]);
});

test("a job whose page is looked at is not told of", () => {
  page.shown = "job_1";
  become("job_1", "job.succeeded");
  vi.advanceTimersByTime(1_000);
  expect(told).toEqual([]);
});

test("what nobody asked for is not told", () => {
  wish({ succeeded: false });
  become("job_1", "job.succeeded");
  become("job_2", "job.started");
  vi.advanceTimersByTime(1_000);
  expect(told).toEqual([]);
});

test("while the page is behind others, the tab counts, and tells all at once when it is looked at", () => {
  page.isLookedAt = false;
  become("job_1", "job.succeeded");
  vi.advanceTimersByTime(10_000);
  become("job_2", "job.failed");
  vi.advanceTimersByTime(10_000);
  expect([unseen.get(), told.length]).toEqual([2, 0]);
  page.isLookedAt = true;
  desk.look();
  expect(told).toEqual([
    [
      { job: "job_1", kind: "succeeded" },
      { job: "job_2", kind: "failed" },
    ],
  ]);
  expect(unseen.get()).toBe(0);
});

test("beyond the page only the tab that reads the stream tells", () => {
  become("job_1", "job.succeeded", false);
  vi.advanceTimersByTime(1_000);
  expect(toldOutside).toEqual([]);
  become("job_2", "job.succeeded", true);
  vi.advanceTimersByTime(60_000);
  expect(toldOutside).toEqual([[{ job: "job_2", kind: "succeeded" }]]);
});
