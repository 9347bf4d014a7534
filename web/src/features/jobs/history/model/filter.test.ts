import { expect, test } from "vitest";

import { makeSummary } from "@/testing/jobs";

import { askedOf, EVERYTHING, fits, isNarrow, readFilter, writeFilter } from "./filter";

test("a filter goes to the address and comes back the same", () => {
  const filter = {
    states: ["waiting", "failed"],
    pipeline: "full_pipeline",
    priority: "high",
    text: "harbour at night & more",
    from: "2026-05-01",
    until: "2026-05-03",
    sort: "-finished_at",
  } as const;
  expect(readFilter(writeFilter(filter))).toEqual(filter);
});

test("an address that says nothing finds everything, the newest first", () => {
  expect(readFilter(new URLSearchParams())).toEqual(EVERYTHING);
  expect(writeFilter(EVERYTHING).toString()).toBe("");
  expect(isNarrow(EVERYTHING)).toBe(false);
  expect(isNarrow({ ...EVERYTHING, sort: "priority" })).toBe(false);
  expect(isNarrow({ ...EVERYTHING, text: "x" })).toBe(true);
});

test("what an address cannot mean counts as not said", () => {
  const address = "state=asleep&state=failed&pipeline=../x&priority=huge&from=yesterday&until=2026-13-40&sort=random";
  expect(readFilter(new URLSearchParams(address))).toEqual({ ...EVERYTHING, states: ["failed"] });
  expect(readFilter(new URLSearchParams({ text: `a\0${"b".repeat(200)}` })).text).toHaveLength(100);
});

test("the first and the last day are meant whole", () => {
  const asked = askedOf({ ...EVERYTHING, from: "2026-05-01", until: "2026-05-01" });
  expect(asked.created_after).toBe(new Date("2026-05-01T00:00").toISOString());
  expect(asked.created_before).toBe(new Date("2026-05-02T00:00").toISOString());
});

test("a job fits a filter as the server would say", () => {
  const job = makeSummary({ state: "failed", description: "The Harbour", priority: "high" });
  expect(fits({}, job)).toBe(true);
  expect(fits({ state: ["failed"], priority: ["high"], text: "harbour" }, job)).toBe(true);
  expect(fits({ text: "TEXT_TO" }, job)).toBe(true);
  expect(fits({ text: job.id.slice(0, 9) }, job)).toBe(true);
  expect(fits({ state: ["running"] }, job)).toBe(false);
  expect(fits({ priority: ["low"] }, job)).toBe(false);
  expect(fits({ text: "lighthouse" }, job)).toBe(false);
  expect(fits({ created_after: job.created_at }, job)).toBe(false);
});
