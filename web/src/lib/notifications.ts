import type { Fact, LiveMessage } from "@/lib/live";
import { Observable } from "@/lib/observable";
import { remembered } from "@/lib/remembered";

export type NewsKind = "waiting" | "succeeded" | "failed";

/** What has become of a job; of several things only the last. */
export interface News {
  job: string;
  kind: NewsKind;
}

/** How this browser tells of jobs, and of what. */
export interface Wishes {
  browser: boolean;
  sound: boolean;
  waiting: boolean;
  succeeded: boolean;
  failed: boolean;
}

const AT_FIRST: Wishes = { browser: false, sound: false, waiting: true, succeeded: true, failed: true };

const KINDS: Partial<Record<Fact["kind"], NewsKind>> = {
  "job.waiting": "waiting",
  "job.succeeded": "succeeded",
  "job.failed": "failed",
};

const kept = remembered<Wishes>("notifications", (value) => {
  const known = typeof value === "object" && value !== null ? (value as Partial<Record<keyof Wishes, unknown>>) : {};
  const chosen = (name: keyof Wishes) => (typeof known[name] === "boolean" ? known[name] : AT_FIRST[name]);
  return {
    browser: chosen("browser"),
    sound: chosen("sound"),
    waiting: chosen("waiting"),
    succeeded: chosen("succeeded"),
    failed: chosen("failed"),
  };
});

export const wishes = new Observable<Wishes>(kept.read());

export function wish(change: Partial<Wishes>): void {
  wishes.set({ ...wishes.get(), ...change });
  kept.write(wishes.get());
}

/** How many jobs have news that nobody has looked at; the title of the tab shows it. */
export const unseen = new Observable(0);

/** News come together that come within this time; the next wait is longer while they keep coming. */
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;
const GROWTH = 4;

export interface Newsroom {
  /** Whether the page is looked at, and shows this job. */
  shows: (job: string) => boolean;
  isLookedAt: () => boolean;
  /** In the page. */
  tell: (news: readonly News[]) => void;
  /** Beyond the page, as in the one tab that reads the stream. */
  tellOutside: (news: readonly News[]) => void;
}

/** Gathers what becomes of jobs, so that fifty that end together are one message, and hundreds an hour are few. */
export class NewsDesk {
  private fresh = new Map<string, News>();
  private readonly unseen = new Map<string, News>();
  private waitMs = FIRST_WAIT_MS;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private isReader = false;

  constructor(private readonly room: Newsroom) {}

  hear(message: LiveMessage, isReader: boolean): void {
    const news = message.type === "fact" ? newsOf(message.fact) : null;
    if (news === null || this.room.shows(news.job)) return;
    this.isReader = isReader;
    this.fresh.set(news.job, news);
    this.timer ??= setTimeout(() => this.flush(), this.waitMs);
  }

  /** The page is looked at (again): what came meanwhile is told. */
  look(): void {
    if (!this.room.isLookedAt() || this.unseen.size === 0) return;
    this.room.tell([...this.unseen.values()]);
    this.setUnseen([]);
  }

  stop(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.setUnseen([]);
  }

  private flush(): void {
    this.timer = null;
    if (this.fresh.size === 0) {
      this.waitMs = FIRST_WAIT_MS;
      return;
    }
    const news = [...this.fresh.values()];
    this.fresh = new Map();
    this.waitMs = Math.min(this.waitMs * GROWTH, LONGEST_WAIT_MS);
    this.timer = setTimeout(() => this.flush(), this.waitMs);
    if (this.isReader) this.room.tellOutside(news);
    this.setUnseen([...this.unseen.values(), ...news]);
    this.look();
  }

  private setUnseen(news: readonly News[]): void {
    this.unseen.clear();
    for (const one of news) this.unseen.set(one.job, one);
    unseen.set(this.unseen.size);
  }
}

function newsOf(fact: Fact): News | null {
  const kind = KINDS[fact.kind];
  return kind !== undefined && wishes.get()[kind] ? { job: fact.job, kind } : null;
}

export type Permission = NotificationPermission | "unsupported";

/** Only a page that came over https, or from this machine, may ask. */
export function permission(): Permission {
  return "Notification" in globalThis && globalThis.isSecureContext ? Notification.permission : "unsupported";
}

export async function askPermission(): Promise<Permission> {
  return permission() === "default" ? Notification.requestPermission() : permission();
}

/** One message of the browser, in place of the one before. */
export function showOutside(title: string, body: string, onOpen: () => void): void {
  if (permission() !== "granted") return;
  try {
    const shown = new Notification(title, { body, tag: "soundstage", icon: "/icon.svg" });
    shown.onclick = () => {
      globalThis.focus();
      onOpen();
      shown.close();
    };
  } catch {
    // Phones have them only through service workers: there the page alone tells.
  }
}

const LOOKED_AT = "soundstage-looked-at";

/** Tells all tabs of this browser that this one is looked at, until the signal ends it. */
export function claimAttention(over: AbortSignal): void {
  const { locks } = navigator as Partial<Navigator>;
  const untilOver = () => new Promise<void>((resolve) => over.addEventListener("abort", () => resolve()));
  locks?.request(LOOKED_AT, { mode: "shared", signal: over }, untilOver).catch(() => undefined);
}

/** Whether any tab of the studio in this browser is looked at. */
export async function isAnyTabLookedAt(): Promise<boolean> {
  const { locks } = navigator as Partial<Navigator>;
  const held = (await locks?.query())?.held ?? [];
  return held.some((lock) => lock.name === LOOKED_AT);
}
