import type { TFunction } from "i18next";

import { formatBytes, formatDuration, formatNumber } from "@/lib/format";

import { type Asset, type AssetKind, factOf } from "../model/asset";

type Words = TFunction<"assets">;

const KIND_WORDS = {
  portrait: "kindPortrait",
  voice_sample: "kindVoiceSample",
  script: "kindScript",
  audio: "kindAudio",
  video: "kindVideo",
  image: "kindImage",
  dataset_zip: "kindDatasetZip",
} as const satisfies Record<AssetKind, string>;

export function kindWord(t: Words, kind: AssetKind | null): string {
  return kind === null ? t("kindUnknown") : t(KIND_WORDS[kind]);
}

/** What it is in few words: "0:23 · 48 kHz · 1.5 MB". */
export function measuresOf(t: Words, asset: Asset): string {
  const [seconds, width, height] = ["duration_seconds", "width", "height"].map((name) => factOf(asset, name));
  const [words, entries] = [factOf(asset, "words"), factOf(asset, "entries")];
  return [
    seconds !== null && seconds !== undefined && formatDuration(seconds),
    width && height ? `${width} × ${height}` : null,
    words !== null && t("words", { count: words, shown: formatNumber(words) }),
    entries !== null && t("entries", { count: entries, shown: formatNumber(entries) }),
    formatBytes(asset.size_bytes),
  ]
    .filter((part): part is string => typeof part === "string")
    .join(" · ");
}

const STATE_WORDS = {
  queued: "jobQueued",
  running: "jobRunning",
  waiting: "jobWaiting",
  paused: "jobPaused",
  succeeded: "jobSucceeded",
  failed: "jobFailed",
  cancelled: "jobCancelled",
} as const;

export function jobStateWord(t: Words, state: string): string {
  return isKnown(state) ? t(STATE_WORDS[state]) : state;
}

function isKnown(state: string): state is keyof typeof STATE_WORDS {
  return state in STATE_WORDS;
}

export function pipelineName(pipeline: string): string {
  return pipeline.replaceAll("_", " ");
}
