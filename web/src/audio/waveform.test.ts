import { expect, test } from "vitest";

import { peaksOf } from "./waveform";

test("each peak is the loudest sample of its piece, whatever its sign", () => {
  expect([...peaksOf(Float32Array.of(0, 0.5, -0.75, 0.25, 0, -1), 3)]).toEqual([0.5, 0.75, 1]);
});

test("a sound of fewer samples than peaks keeps each of them", () => {
  expect([...peaksOf(Float32Array.of(0.5, -0.25), 1_200)]).toEqual([0.5, 0.25]);
});

test("no sound has no peaks", () => {
  expect(peaksOf(new Float32Array(0), 10)).toHaveLength(0);
});
