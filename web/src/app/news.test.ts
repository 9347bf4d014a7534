import i18next from "i18next";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test, vi } from "vitest";

import { notices } from "@/lib/notices";
import type { News } from "@/lib/notifications";
import { makeQueryClient } from "@/lib/query-client";
import { makeJob } from "@/testing/jobs";
import { signIn } from "@/testing/render";
import { server } from "@/testing/server";

import { tellInPage } from "./news";

const JOB = makeJob({ id: "job_1", description: "Good morning" });
const go = vi.fn();

beforeEach(() => {
  signIn();
  notices.set([]);
  server.use(http.get("*/api/jobs/job_1", () => HttpResponse.json(JOB)));
});

const tell = (...news: News[]) => tellInPage(i18next.getFixedT("en", "news"), makeQueryClient(), news, go);

test("one job is named, and leads to its page", async () => {
  await tell({ job: "job_1", kind: "waiting" });
  expect(notices.get()[0]?.text).toBe("Good morning needs you");
  notices.get()[0]?.action?.act();
  expect(go).toHaveBeenCalledWith("/jobs/job_1");
});

test("several jobs are counted, and lead to the list of jobs", async () => {
  await tell(
    { job: "job_1", kind: "succeeded" },
    { job: "job_2", kind: "failed" },
    { job: "job_3", kind: "succeeded" },
  );
  expect(notices.get()).toMatchObject([{ text: "News of 3 jobs", detail: "1 failed, 2 done" }]);
  notices.get()[0]?.action?.act();
  expect(go).toHaveBeenCalledWith("/jobs");
});

test("a later message takes the place of the one before", async () => {
  await tell({ job: "job_1", kind: "waiting" });
  await tell({ job: "job_1", kind: "succeeded" });
  expect(notices.get().map(({ text }) => text)).toEqual(["Good morning is done"]);
});

test("a job that is not there any more is told of without its name", async () => {
  server.use(http.get("*/api/jobs/job_2", () => HttpResponse.json({ code: "job_not_found" }, { status: 404 })));
  await tell({ job: "job_2", kind: "failed" });
  expect(notices.get()[0]).toMatchObject({ text: "A job has failed", tone: "failed" });
});
