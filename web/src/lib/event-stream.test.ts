import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { EventStream, type StreamState } from "@/lib/event-stream";
import { endSession } from "@/lib/session";

let isReachable = true;
let states: StreamState[] = [];
let stream: EventStream;

/** Says one word and then nothing, as a connection does whose network is gone; only who asked can end it. */
function silentAnswer(request: Request): Promise<Response> {
  if (!isReachable) return Promise.reject(new TypeError("unreachable"));
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(": here\n\n"));
      request.signal.addEventListener("abort", () => controller.error(request.signal.reason));
    },
  });
  return Promise.resolve(new Response(body));
}

beforeEach(async () => {
  [isReachable, states] = [true, []];
  vi.stubGlobal("fetch", silentAnswer);
  endSession("none");
  stream = new EventStream("/api/events", { onMessage: () => undefined, onState: (state) => states.push(state) });
  stream.start();
  await becomes("live");
});

afterEach(() => {
  stream.stop();
  vi.unstubAllGlobals();
});

const becomes = (state: StreamState) => vi.waitFor(() => expect(states.at(-1)).toBe(state), { timeout: 5_000 });

test("it is stale at once when the browser says that the network is gone", async () => {
  isReachable = false;
  globalThis.dispatchEvent(new Event("offline"));
  await becomes("stale");
});

test("it is live again where the server is reached without that network", async () => {
  globalThis.dispatchEvent(new Event("offline"));
  await becomes("stale");
  await becomes("live");
});
