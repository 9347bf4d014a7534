import { afterEach, expect, test } from "vitest";

import { makeJob, makePart, makeStage, makeSummary } from "@/testing/jobs";

import { forgetTicks, keepTick, progressOf, summaryWithTicks, withTicks } from "./ticks";

const JOB = makeJob({
  stages: [
    makeStage({
      key: "PREPARE",
      weight: 20,
      state: "completed",
      progress: 100,
      parts: [makePart({ id: 1, state: "completed", progress: 100 })],
    }),
    makeStage({
      key: "SPEAK",
      weight: 80,
      parts: [makePart({ id: 2, item: 0 }), makePart({ id: 3, item: 1, progress: 50 })],
      progress: 25,
    }),
  ],
  progress: 40,
});
const TICK = { job: JOB.id, stage: "SPEAK", item: 0, part: 2, attempt: 1, fraction: 0.5, message: "Sentence 3" };

afterEach(() => forgetTicks(JOB.id));

test("a tick moves its part, its stage and its job", () => {
  keepTick(TICK);
  const shown = withTicks(JOB);
  expect(shown.stages[1]?.parts[0]).toMatchObject({ progress: 50, message: "Sentence 3" });
  expect(shown.stages[1]?.progress).toBe(50);
  expect(shown.progress).toBe(60);
});

test("what was loaded later than a tick is never taken back", () => {
  keepTick({ ...TICK, fraction: 0.1 });
  const later = {
    ...JOB,
    stages: JOB.stages.map((stage) => ({ ...stage, parts: stage.parts.map((part) => ({ ...part, progress: 90 })) })),
  };
  expect(withTicks(later).stages[1]?.parts[0]?.progress).toBe(90);
});

test("a tick of an attempt that was given up counts no more", () => {
  keepTick({ ...TICK, attempt: 1, fraction: 0.9 });
  const retried = {
    ...JOB,
    stages: JOB.stages.map((stage) => ({ ...stage, parts: stage.parts.map((part) => ({ ...part, attempt: 2 })) })),
  };
  expect(withTicks(retried).stages[1]?.parts[0]?.progress).toBe(0);
});

test("a job that has ended stays as it is", () => {
  keepTick(TICK);
  const ended = { ...JOB, state: "failed" as const };
  expect(withTicks(ended)).toBe(ended);
});

test("a list follows a stage that is one part, and leaves items to the next load", () => {
  const listed = makeSummary({
    id: JOB.id,
    stages: JOB.stages.map(({ key, label, weight, kind, state, progress }) => ({
      key,
      label,
      weight,
      kind,
      state,
      progress,
      started_at: null,
      finished_at: null,
      error: null,
      items: null,
      queue_paused: false,
    })),
  });
  keepTick({ ...TICK, item: null, fraction: 0.75 });
  expect(summaryWithTicks(listed).stages[1]?.progress).toBe(75);
  forgetTicks(JOB.id);
  keepTick(TICK);
  expect(summaryWithTicks(listed).stages[1]?.progress).toBe(25);
});

test("only success is 100 percent", () => {
  expect(progressOf([makeStage({ state: "completed", progress: 100 })])).toBe(99);
});
