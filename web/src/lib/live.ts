import type { components } from "@/generated/schema";
import { EventStream, type StreamMessage, type StreamState } from "@/lib/event-stream";
import { Observable } from "@/lib/observable";

const STREAM_URL = "/api/events";
const NAME = "soundstage-live";

export type Fact = components["schemas"]["EventOut"];
export type Tick = components["schemas"]["TickOut"];

export type LiveMessage =
  | { type: "fact"; fact: Fact }
  | { type: "tick"; tick: Tick }
  /** What was loaded may have a gap: load it anew. */
  | { type: "reload" };

type Told =
  | { about: "message"; message: LiveMessage; cursor: string }
  | { about: "state"; state: StreamState }
  | { about: "who-is-there" };

/** Whether what the page shows is true at this moment. */
export const connection = new Observable<StreamState>("connecting");

/** `isReader` in the one tab of the browser that reads the stream itself. */
type Listener = (message: LiveMessage, isReader: boolean) => void;

const listeners = new Set<Listener>();

export function listenLive(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * Opens the stream over all jobs of the one who is signed in. A browser allows few connections to one server, so the tabs of a
 * browser share one: the tab that holds the lock reads the stream and passes on what it says; when that tab goes, the next
 * goes on behind the last message. Gives what ends it.
 */
export function openLive(userId: string): () => void {
  const over = new AbortController();
  const tabs = new BroadcastChannel(`${NAME}-${userId}`);
  let cursor = "";
  let isLeader = false;

  function tell(message: LiveMessage, at: string, isReader: boolean): void {
    if (at !== "") cursor = at;
    for (const listener of listeners) listener(message, isReader);
  }

  tabs.onmessage = ({ data }: MessageEvent<Told>) => {
    if (data.about === "message") tell(data.message, data.cursor, false);
    else if (data.about === "state") connection.set(data.state);
    else if (isLeader) tabs.postMessage({ about: "state", state: connection.get() } satisfies Told);
  };

  async function lead(): Promise<void> {
    isLeader = true;
    const stream = new EventStream(
      STREAM_URL,
      {
        onMessage(told) {
          const message = understood(told);
          if (message === null || over.signal.aborted) return;
          tell(message, told.cursor, true);
          tabs.postMessage({ about: "message", message, cursor } satisfies Told);
        },
        onState(state) {
          if (over.signal.aborted) return;
          connection.set(state);
          tabs.postMessage({ about: "state", state } satisfies Told);
        },
      },
      cursor,
    );
    stream.start();
    await new Promise((resolve) => over.signal.addEventListener("abort", resolve));
    stream.stop();
  }

  tabs.postMessage({ about: "who-is-there" } satisfies Told);
  const { locks } = navigator as Partial<Navigator>; // missing where the page comes over plain HTTP from another machine
  if (locks === undefined) void lead();
  else locks.request(`${NAME}-${userId}`, { signal: over.signal }, lead).catch(() => undefined);
  return () => {
    over.abort();
    tabs.close();
    connection.set("connecting");
  };
}

function understood({ kind, data }: StreamMessage): LiveMessage | null {
  if (kind === "tick") return { type: "tick", tick: data as Tick };
  if (kind === "snapshot_required" || kind === "ready") return { type: "reload" };
  if (kind === "bye") return null;
  return { type: "fact", fact: data as Fact };
}
