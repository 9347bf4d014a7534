import { afterEach, beforeEach, expect, type MockInstance, test, vi } from "vitest";

import { cropped } from "./cropped";

const drawn = vi.fn();
const picture = new File(["x"], "ann.png", { type: "image/png" });
const size = () => {
  const canvas: unknown = made.mock.results.at(-1)?.value;
  return canvas instanceof HTMLCanvasElement ? [canvas.width, canvas.height] : [];
};
let made: MockInstance;

beforeEach(() => {
  drawn.mockReset();
  made = vi.spyOn(document, "createElement");
  vi.stubGlobal("createImageBitmap", () => Promise.resolve({ close: () => undefined }));
  Object.defineProperties(HTMLCanvasElement.prototype, {
    getContext: { configurable: true, value: () => ({ drawImage: drawn }) },
    toBlob: {
      configurable: true,
      value: (take: BlobCallback, type: string) => take(new Blob(["picture"], { type })),
    },
  });
});
afterEach(() => vi.unstubAllGlobals());

test("a square area yields a square picture of the same name and format", async () => {
  const file = await cropped(picture, { x: 40, y: 20, width: 400, height: 400 });
  expect(size()).toEqual([400, 400]);
  expect(drawn.mock.calls[0]?.slice(1)).toEqual([40, 20, 400, 400, 0, 0, 400, 400]);
  expect(file).toMatchObject({ name: "ann.png", type: "image/png" });
});

test("a huge area is made smaller, in its shape", async () => {
  await cropped(picture, { x: 0, y: 0, width: 6000, height: 8000 });
  expect(size()).toEqual([1536, 2048]);
});

test("a picture that the browser cannot read raises", async () => {
  vi.stubGlobal("createImageBitmap", () => Promise.reject(new DOMException("?", "InvalidStateError")));
  await expect(cropped(picture, { x: 0, y: 0, width: 10, height: 10 })).rejects.toThrow();
});
