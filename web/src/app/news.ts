import type { QueryClient } from "@tanstack/react-query";
import type { TFunction } from "i18next";

import { playChime } from "@/audio/chime";
import { paths } from "@/config/paths";
import { nameOf } from "@/features/jobs/model/job";
import { jobQuery } from "@/features/jobs/model/queries";
import { dismiss, notices, notify } from "@/lib/notices";
import { isAnyTabLookedAt, type News, type NewsKind, showOutside, wishes } from "@/lib/notifications";

type T = TFunction<"news">;
type Go = (to: string) => void;

interface Message {
  text: string;
  detail?: string;
  to: string;
}

const TOPIC = "news";
const LONGEST_NAME = 80;

/** One notice, in place of the one before. */
export async function tellInPage(t: T, queries: QueryClient, news: readonly News[], go: Go): Promise<void> {
  const { to, ...words } = await messageOf(t, queries, news);
  notices
    .get()
    .filter(({ topic }) => topic === TOPIC)
    .forEach(dismiss);
  const tone = news.every(({ kind }) => kind === "failed") ? "failed" : "neutral";
  notify({ ...words, tone, topic: TOPIC, action: { label: t("show"), act: () => go(to) } });
}

/** By the one tab that reads the stream: the sound, and the browser's own message while no tab is looked at. */
export async function tellOutsidePage(t: T, queries: QueryClient, news: readonly News[], go: Go): Promise<void> {
  const { sound, browser } = wishes.get();
  if (sound) await playChime().catch(() => undefined);
  if (!browser || (await isAnyTabLookedAt())) return;
  const { text, detail = "", to } = await messageOf(t, queries, news);
  showOutside(text, detail, () => go(to));
}

async function messageOf(t: T, queries: QueryClient, news: readonly News[]): Promise<Message> {
  const [first] = news;
  if (first !== undefined && news.length === 1) {
    return { text: wordsOfOne(t, first.kind, await nameOfJob(t, queries, first.job)), to: paths.job(first.job) };
  }
  return { text: t("many", { count: news.length }), detail: counted(t, news), to: paths.history };
}

function wordsOfOne(t: T, kind: NewsKind, name: string): string {
  if (kind === "waiting") return t("waiting", { name });
  return kind === "failed" ? t("failed", { name }) : t("succeeded", { name });
}

function counted(t: T, news: readonly News[]): string {
  const count = (kind: NewsKind) => news.filter((one) => one.kind === kind).length;
  const parts = [
    { count: count("waiting"), say: (n: number) => t("countWaiting", { count: n }) },
    { count: count("failed"), say: (n: number) => t("countFailed", { count: n }) },
    { count: count("succeeded"), say: (n: number) => t("countSucceeded", { count: n }) },
  ];
  return parts.flatMap((part) => (part.count > 0 ? [part.say(part.count)] : [])).join(", ");
}

async function nameOfJob(t: T, queries: QueryClient, job: string): Promise<string> {
  try {
    const name = nameOf(await queries.query({ ...jobQuery(job), staleTime: "static" }));
    return name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name;
  } catch {
    return t("someJob"); // deleted meanwhile, or the server is away
  }
}
