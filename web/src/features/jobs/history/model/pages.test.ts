import { expect, test } from "vitest";

import { makeSummary } from "@/testing/jobs";

import { jobsOf, mended, type Pages } from "./pages";

/** A job made so many minutes after ten. */
function job(id: string, minute: number, change = {}) {
  return makeSummary({ id, created_at: `2026-05-01T10:${String(minute).padStart(2, "0")}:00Z`, ...change });
}

const PAGES: Pages = {
  pages: [
    { jobs: [job("d", 40), job("c", 30)], next: "behind c" },
    { jobs: [job("b", 20), job("a", 10)], next: "behind a" },
  ],
  pageParams: [null, "behind c"],
};

const idsOf = (pages: Pages) => jobsOf(pages).map(({ id }) => id);

test("a job that changed is shown as it is, where it was", () => {
  const after = mended(PAGES, {}, new Map([["b", job("b", 20, { state: "failed" })]]));
  expect(idsOf(after)).toEqual(["d", "c", "b", "a"]);
  expect(jobsOf(after)[2]?.state).toBe("failed");
  expect(after.pages[0]).toBe(PAGES.pages[0]);
});

test("a job that is gone, or fits no more, leaves the list", () => {
  const found = new Map([
    ["d", null],
    ["a", job("a", 10, { state: "succeeded" })],
  ]);
  expect(idsOf(mended(PAGES, { state: ["running"] }, found))).toEqual(["c", "b"]);
});

test("a job that comes takes its place by its birth", () => {
  expect(idsOf(mended(PAGES, {}, new Map([["e", job("e", 50)]])))).toEqual(["e", "d", "c", "b", "a"]);
  expect(idsOf(mended(PAGES, {}, new Map([["x", job("x", 25)]])))).toEqual(["d", "c", "x", "b", "a"]);
});

test("a job older than all that is loaded comes with its page", () => {
  expect(idsOf(mended(PAGES, {}, new Map([["old", job("old", 1)]])))).toEqual(["d", "c", "b", "a"]);
});

test("a job that came in while pages were loaded is shown once", () => {
  const twice = { ...PAGES, pages: [...PAGES.pages, { jobs: [job("a", 10), job("z", 5)], next: null }] };
  expect(idsOf(twice)).toEqual(["d", "c", "b", "a", "z"]);
});
