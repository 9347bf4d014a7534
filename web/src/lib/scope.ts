import { useEffect, useState, useSyncExternalStore } from "react";

import { unseen } from "@/lib/notifications";
import { useObservable } from "@/lib/observable";

const EVERY_SECOND_MS = 1_000;

/** Calls back as long as the component is there and `everyMs` is not null. */
export function useInterval(act: () => void, everyMs: number | null): void {
  useEffect(() => {
    if (everyMs === null) return;
    const timer = setInterval(act, everyMs);
    return () => clearInterval(timer);
  }, [act, everyMs]);
}

/** The value, once it has been the same for so long: for questions that follow what somebody types. */
export function useSettled<T>(value: T, forMs: number): T {
  const [settled, settle] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => settle(value), forMs);
    return () => clearTimeout(timer);
  }, [value, forMs]);
  return settled;
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const list = matchMedia(query);
      list.addEventListener("change", changed);
      return () => list.removeEventListener("change", changed);
    },
    () => matchMedia(query).matches,
  );
}

let now = Date.now();

function eachSecond(act: () => void): () => void {
  now = Date.now(); // it stood still while nobody looked
  const timer = setInterval(() => {
    now = Date.now();
    act();
  }, EVERY_SECOND_MS);
  return () => clearInterval(timer);
}

/** The time, each second; for "3 minutes ago". */
export function useNow(): number {
  return useSyncExternalStore(eachSecond, () => now);
}

function whenVisibilityChanges(act: () => void): () => void {
  document.addEventListener("visibilitychange", act);
  return () => document.removeEventListener("visibilitychange", act);
}

/** Whether somebody can see the page: false in a tab behind others. */
export function useVisible(): boolean {
  return useSyncExternalStore(whenVisibilityChanges, () => !document.hidden);
}

/** Names the page in its tab, with how many jobs have news that nobody has looked at. */
export function useTitle(title: string): void {
  const news = useObservable(unseen);
  useEffect(() => {
    const name = title === "" ? "Soundstage" : `${title} · Soundstage`;
    document.title = news === 0 ? name : `(${news}) ${name}`;
  }, [title, news]);
}
