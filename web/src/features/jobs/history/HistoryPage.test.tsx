import { act, screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test } from "vitest";

import { notices } from "@/lib/notices";
import { makeCounts, makeSummary } from "@/testing/jobs";
import { show } from "@/testing/render";
import { fakeScreen } from "@/testing/screen";
import { server } from "@/testing/server";

import type { JobSummary } from "../model/job";
import { allJobsQuery } from "../model/queries";
import { HistoryPage } from "./HistoryPage";
import { mended } from "./model/pages";

let asked: URLSearchParams[] = [];
let sent: unknown[] = [];
let fake: ReturnType<typeof fakeScreen>;

beforeEach(() => {
  [asked, sent] = [[], []];
  notices.set([]);
  fake = fakeScreen();
  server.use(http.get("*/api/pipelines", () => HttpResponse.json({ pipelines: [] })));
});

/** So many jobs, the newest first: "Lesson 1", "Lesson 2" ... */
function lessons(amount: number, change: Partial<JobSummary> = {}): JobSummary[] {
  return Array.from({ length: amount }, (_, index) =>
    makeSummary({
      id: `job_${String(index + 1).padStart(26, "0")}`,
      description: `Lesson ${index + 1}`,
      created_at: new Date(Date.UTC(2026, 4, 1) - index * 60_000).toISOString(),
      ...change,
    }),
  );
}

/** The page over a server that has these jobs, of which it gives so many at once. */
function showHistory(jobs: JobSummary[], { at = "/jobs", aPage = 100 } = {}) {
  server.use(
    http.get("*/api/jobs/counts", () => HttpResponse.json(makeCounts({ running: jobs.length }))),
    http.get("*/api/jobs", ({ request }) => {
      const { searchParams } = new URL(request.url);
      asked.push(searchParams);
      const start = Number(searchParams.get("cursor") ?? 0);
      const next = start + aPage < jobs.length ? String(start + aPage) : null;
      return HttpResponse.json({ jobs: jobs.slice(start, start + aPage), next });
    }),
  );
  return show(<HistoryPage />, { path: "/jobs", at });
}

const lastAsked = () => asked.at(-1) ?? new URLSearchParams();
const rowOf = (name: string) => screen.getByRole("row", { name: new RegExp(`${name}(?!\\d)`) });

test("filters of the address are asked of the server and shown", async () => {
  showHistory(lessons(1), { at: "/jobs?state=failed&state=running&priority=high&text=harbour&sort=-finished_at" });
  await screen.findByRole("grid");
  expect(lastAsked().getAll("state")).toEqual(["running", "failed"]);
  expect(lastAsked().get("priority")).toBe("high");
  expect(lastAsked().get("text")).toBe("harbour");
  expect(lastAsked().get("sort")).toBe("-finished_at");
  expect(screen.getByRole("button", { name: /^Failed/, pressed: true })).toBeVisible();
  expect(screen.getByRole("searchbox", { name: "Search" })).toHaveValue("harbour");
  expect(screen.getByRole("combobox", { name: "Priority" })).toHaveValue("high");
});

test("choosing filters asks the server again, a text once nobody types", async () => {
  const { person } = showHistory(lessons(1));
  await screen.findByRole("grid");
  await person.click(screen.getByRole("button", { name: /^Failed/ }));
  await waitFor(() => expect(lastAsked().getAll("state")).toEqual(["failed"]));
  await person.type(screen.getByRole("searchbox"), "tides");
  await waitFor(() => expect(lastAsked().get("text")).toBe("tides"));
  expect(lastAsked().getAll("state")).toEqual(["failed"]);
  expect(asked.map((search) => search.get("text"))).not.toContain("tid");
  expect(screen.getByRole("searchbox")).toHaveValue("tides");
});

test("nothing at all invites to make something", async () => {
  showHistory([]);
  expect(await screen.findByText("No jobs yet")).toBeVisible();
  expect(screen.queryByRole("button", { name: "Clear the filters" })).not.toBeInTheDocument();
});

test("nothing that fits the filter offers to clear it", async () => {
  const { person } = showHistory([], { at: "/jobs?state=failed" });
  await person.click(await screen.findByRole("button", { name: "Clear the filters" }));
  expect(await screen.findByText("No jobs yet")).toBeVisible();
  expect(lastAsked().getAll("state")).toEqual([]);
});

test("a list that cannot be loaded says why and can be asked for again", async () => {
  server.use(
    http.get("*/api/jobs/counts", () => HttpResponse.json(makeCounts({}))),
    http.get("*/api/jobs", () => HttpResponse.json({ detail: "The database is closed.", code: "x" }, { status: 500 })),
  );
  const { person } = show(<HistoryPage />, { path: "/jobs", at: "/jobs" });
  expect(await screen.findByText("The database is closed.")).toBeVisible();
  server.use(http.get("*/api/jobs", () => HttpResponse.json({ jobs: lessons(1), next: null })));
  await person.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByRole("link", { name: "Lesson 1" })).toBeVisible();
});

test("a listener hears of all jobs, of which the page holds a few", async () => {
  showHistory(lessons(300));
  const grid = await screen.findByRole("grid", { name: "Jobs" });
  await waitFor(() => expect(grid).toHaveAttribute("aria-rowcount", "301"));
  expect(within(grid).getAllByRole("row").length).toBeLessThan(60);
  expect(rowOf("Lesson 3")).toHaveAttribute("aria-rowindex", "4");
});

test("keys move through the list, and the focus stays though its row is scrolled away", async () => {
  const { person } = showHistory(lessons(300), { aPage: 300 });
  await screen.findByRole("grid");
  await person.click(screen.getByRole("checkbox", { name: "Select Lesson 1" }));
  await person.keyboard("{ArrowDown}{ArrowDown}");
  expect(rowOf("Lesson 3")).toHaveFocus();
  await person.keyboard("{End}");
  expect(rowOf("Lesson 300")).toHaveFocus();
  act(() => fake.scrollTo(0));
  expect(rowOf("Lesson 1")).toBeInTheDocument();
  expect(rowOf("Lesson 300")).toHaveFocus();
  expect(rowOf("Lesson 300")).toHaveAttribute("aria-rowindex", "301");
  await person.keyboard("{Home}");
  expect(rowOf("Lesson 1")).toHaveFocus();
});

test("Space selects, Shift and Space select up to here, Enter opens", async () => {
  const { person } = showHistory(lessons(9));
  await screen.findByRole("grid");
  await person.click(screen.getByRole("checkbox", { name: "Select Lesson 2" }));
  await person.keyboard("{ArrowDown}{ArrowDown}{Shift>} {/Shift}");
  expect(screen.getByText("3 selected")).toBeVisible();
  expect(rowOf("Lesson 3")).toHaveAttribute("aria-selected", "true");
  await person.keyboard("{ArrowDown} ");
  expect(screen.getByText("4 selected")).toBeVisible();
  await person.keyboard("{Enter}");
  expect(await screen.findByText("elsewhere")).toBeVisible();
});

test("a bulk action sends the ids and tells what was refused and why", async () => {
  const jobs = lessons(3, { state: "failed" });
  const { person } = showHistory(jobs);
  server.use(
    http.post("*/api/jobs/bulk", async ({ request }) => {
      sent.push(await request.json());
      const results = [
        { id: jobs[0]?.id, status: 200, problem: null },
        { id: jobs[2]?.id, status: 409, problem: { code: "limit", detail: "Too many jobs run already.", hint: "" } },
      ];
      return HttpResponse.json({ done: 1, refused: 1, results }, { status: 207 });
    }),
  );
  await person.click(await screen.findByRole("checkbox", { name: "Select Lesson 1" }));
  await person.click(screen.getByRole("checkbox", { name: "Select Lesson 3" }));
  await person.click(screen.getByRole("button", { name: "Retry" }));
  await waitFor(() => expect(notices.get()).toHaveLength(1));
  expect(sent).toEqual([{ action: "retry", ids: [jobs[0]?.id, jobs[2]?.id] }]);
  expect(notices.get()[0]).toMatchObject({
    tone: "failed",
    text: "1 job runs again",
    detail: "1 refused: Too many jobs run already.",
  });
  expect(screen.queryByRole("button", { name: "Retry" })).not.toBeInTheDocument();
});

test("everything that fits the filter is acted on as a filter, once that was confirmed", async () => {
  const { person } = showHistory(lessons(150), { at: "/jobs?state=running" });
  server.use(
    http.post("*/api/jobs/bulk", async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json({ done: 150, refused: 0, results: [] });
    }),
  );
  await person.click(await screen.findByRole("checkbox", { name: "Select Lesson 1" }));
  await person.click(screen.getByRole("button", { name: "Select all that fit" }));
  await person.click(screen.getByRole("button", { name: "Cancel" }));
  expect(sent).toEqual([]);
  await person.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Cancel" }));
  await waitFor(() => expect(notices.get()[0]).toMatchObject({ tone: "done", text: "150 jobs cancelled" }));
  expect(sent).toEqual([{ action: "cancel", filter: { state: ["running"], text: "" } }]);
});

test("deleted jobs leave the list at once", async () => {
  const jobs = lessons(3, { state: "succeeded" });
  const { person } = showHistory(jobs);
  server.use(
    http.post("*/api/jobs/bulk", () =>
      HttpResponse.json({ done: 1, refused: 0, results: [{ id: jobs[1]?.id, status: 200, problem: null }] }),
    ),
  );
  await person.click(await screen.findByRole("checkbox", { name: "Select Lesson 2" }));
  await person.click(screen.getByRole("button", { name: "Delete" }));
  await person.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Delete" }));
  await waitFor(() => expect(screen.queryByRole("link", { name: "Lesson 2" })).not.toBeInTheDocument());
  expect(screen.getByRole("link", { name: "Lesson 3" })).toBeVisible();
});

test("what is selected stays selected when the list is loaded anew", async () => {
  const { person, queries } = showHistory(lessons(3));
  await person.click(await screen.findByRole("checkbox", { name: "Select Lesson 2" }));
  await act(() => queries.invalidateQueries({ queryKey: ["jobs"] }));
  expect(screen.getByRole("checkbox", { name: "Select Lesson 2" })).toBeChecked();
  expect(screen.getByText("1 selected")).toBeVisible();
});

test("jobs that come while one reads further down wait behind a button", async () => {
  const { person, queries } = showHistory(lessons(80));
  await screen.findByRole("grid");
  act(() => fake.scrollTo(1_000));
  expect(rowOf("Lesson 20")).toHaveAttribute("aria-rowindex", "21");
  const born = makeSummary({ id: "job_new", description: "Lesson 0", created_at: "2026-05-02T00:00:00Z" });
  act(() => {
    queries.setQueryData(
      allJobsQuery({ sort: "-created_at" }).queryKey,
      (pages) => pages && mended(pages, {}, new Map([[born.id, born]])),
    );
  });
  const button = await screen.findByRole("button", { name: "1 new job" });
  expect(rowOf("Lesson 20")).toHaveAttribute("aria-rowindex", "21");
  await person.click(button);
  await waitFor(() => expect(rowOf("Lesson 0")).toHaveAttribute("aria-rowindex", "2"));
  expect(screen.queryByRole("button", { name: "1 new job" })).not.toBeInTheDocument();
});
