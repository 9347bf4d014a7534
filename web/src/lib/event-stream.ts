import { createParser, type EventSourceMessage } from "eventsource-parser";

import { fetchAsUser } from "@/lib/api";

/** The server gives a sign of life every 15 s. */
const SILENCE_MS = 40_000;
const SUSPICIOUS_SILENCE_MS = 20_000;
const CHECK_MS = 5_000;
const FIRST_DELAY_MS = 300;
const LONGEST_DELAY_MS = 5_000;

export type StreamState = "connecting" | "live" | "stale";

export interface StreamMessage {
  kind: string;
  /** Where to go on after a break; empty for ticks. */
  cursor: string;
  data: unknown;
}

interface Listener {
  onMessage: (message: StreamMessage) => void;
  onState: (state: StreamState) => void;
}

/**
 * Server-sent events that come back by themselves and go on where they stopped: after a restart of the server, a break
 * of the network, the sleep of the machine. `EventSource` cannot send a token and does not notice a dead connection.
 */
export class EventStream {
  private stopped = new AbortController();
  private attempt: AbortController | null = null;
  private lastSignAt = 0;
  private failures = 0;
  private checking: ReturnType<typeof setInterval> | null = null;

  constructor(
    private readonly url: string,
    private readonly listener: Listener,
    private cursor = "",
  ) {}

  start(): void {
    this.checking = setInterval(() => this.reviveAfter(SILENCE_MS), CHECK_MS);
    const { signal } = this.stopped;
    const revive = () => this.reviveAfter(SUSPICIOUS_SILENCE_MS);
    globalThis.addEventListener("online", revive, { signal });
    // A dead connection stays silent: whether it is one, another attempt finds out at once.
    globalThis.addEventListener("offline", () => this.attempt?.abort(), { signal });
    document.addEventListener("visibilitychange", revive, { signal });
    void this.run();
  }

  stop(): void {
    if (this.checking !== null) clearInterval(this.checking);
    this.stopped.abort();
    this.attempt?.abort();
  }

  private async run(): Promise<void> {
    while (!this.isStopped()) {
      this.listener.onState(this.failures === 0 ? "connecting" : "stale");
      const goesOn = await this.readToEnd();
      if (!goesOn) return;
      this.failures += 1;
      if (!this.isStopped()) this.listener.onState("stale");
      await this.rest();
    }
  }

  /** False where nobody may read any more. */
  private async readToEnd(): Promise<boolean> {
    const attempt = (this.attempt = new AbortController());
    this.lastSignAt = Date.now();
    try {
      const response = await fetchAsUser(this.request(attempt.signal));
      if (response.status === 401 || response.status === 403) return false;
      if (response.ok && response.body !== null) await this.read(response.body);
    } catch {
      // The connection broke: it is made again.
    }
    return true;
  }

  private request(signal: AbortSignal): Request {
    const headers = new Headers({ Accept: "text/event-stream" });
    if (this.cursor !== "") headers.set("Last-Event-ID", this.cursor);
    return new Request(new URL(this.url, globalThis.location.origin), { headers, signal, cache: "no-store" });
  }

  private async read(body: ReadableStream<Uint8Array>): Promise<void> {
    const parser = createParser({ onEvent: (event) => this.tell(event) });
    const decoder = new TextDecoder();
    const reader = body.getReader();
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      this.lastSignAt = Date.now();
      this.failures = 0;
      this.listener.onState("live");
      parser.feed(decoder.decode(piece.value, { stream: true }));
    }
  }

  private tell(event: EventSourceMessage): void {
    if (this.isStopped()) return;
    if (event.id !== undefined) this.cursor = event.id;
    this.listener.onMessage({
      kind: event.event ?? "message",
      cursor: event.id ?? "",
      data: JSON.parse(event.data) as unknown,
    });
  }

  private reviveAfter(silenceMs: number): void {
    if (Date.now() - this.lastSignAt > silenceMs) this.attempt?.abort();
  }

  /** Longer from time to time, and not at the same moment as other readers. */
  private rest(): Promise<void> {
    const longest = Math.min(FIRST_DELAY_MS * 2 ** this.failures, LONGEST_DELAY_MS);
    return new Promise((resolve) => setTimeout(resolve, longest * (0.5 + Math.random() / 2)));
  }

  private isStopped(): boolean {
    return this.stopped.signal.aborted;
  }
}
