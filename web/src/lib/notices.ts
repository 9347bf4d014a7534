import { Observable } from "@/lib/observable";

/** A short message at the edge of the page. With `undo` what it tells of can still be taken back. */
export interface Notice {
  id: number;
  tone: "neutral" | "done" | "failed";
  text: string;
  detail?: string;
  undo?: { label: string; act: () => void };
  /** What can be done about it, such as looking at it. */
  action?: { label: string; act: () => void };
  /** Notices of one topic can be found again, to put another in their place. */
  topic?: string;
  /** Called when it leaves without having been taken back. */
  onLeave?: () => void;
}

export const notices = new Observable<readonly Notice[]>([]);
let lastId = 0;

export function notify(notice: Omit<Notice, "id">): void {
  lastId += 1;
  notices.set([...notices.get(), { ...notice, id: lastId }]);
}

export function takeBack(notice: Notice): void {
  remove(notice.id);
  notice.undo?.act();
}

export function dismiss(notice: Notice): void {
  if (!notices.get().some(({ id }) => id === notice.id)) return;
  remove(notice.id);
  notice.onLeave?.();
}

function remove(id: number): void {
  notices.set(notices.get().filter((notice) => notice.id !== id));
}
