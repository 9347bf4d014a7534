import type { components } from "@/generated/schema";

export type Asset = components["schemas"]["AssetOut"];
export type AssetKind = components["schemas"]["AssetKind"];
export type JobUse = components["schemas"]["JobUseOut"];
export type AssetState = components["schemas"]["AssetState"];
export type AssetSort = components["schemas"]["AssetSort"];

export const ASSET_KINDS = [
  "portrait",
  "voice_sample",
  "script",
  "audio",
  "video",
  "image",
  "dataset_zip",
] as const satisfies readonly AssetKind[];

/** How it is shown. */
export type Content = "image" | "audio" | "video" | "text" | "zip";

const CONTENT_OF: Record<AssetKind, Content> = {
  portrait: "image",
  image: "image",
  voice_sample: "audio",
  audio: "audio",
  video: "video",
  script: "text",
  dataset_zip: "zip",
};

/** What a file dialog offers; the server decides by the content. */
export const ACCEPTED: Record<AssetKind, string> = {
  portrait: "image/jpeg,image/png,image/webp",
  image: "image/jpeg,image/png,image/webp",
  voice_sample: "audio/*,.m4a,.opus",
  audio: "audio/*,.m4a,.opus",
  video: "video/*,.mkv",
  script: "text/plain,.txt,.md",
  dataset_zip: ".zip,application/zip",
};

export function contentOf(kind: AssetKind | null): Content | null {
  return kind === null ? null : CONTENT_OF[kind];
}

/** The kinds that a field of this kind can take: the content decides. */
export function kindsLike(kind: AssetKind): AssetKind[] {
  return [kind, ...ASSET_KINDS.filter((other) => other !== kind && CONTENT_OF[other] === CONTENT_OF[kind])];
}

/** The kind that is wished for where the file looks as if it could be one. */
export function kindFor(file: File, wished: AssetKind | null): AssetKind | null {
  if (wished === null) return null;
  const content = CONTENT_OF[wished];
  if (content === "zip") return file.name.toLowerCase().endsWith(".zip") ? wished : null;
  return file.type.startsWith(`${content}/`) ? wished : null;
}

/** What the check of its content found, where it is a number. */
export function factOf(asset: Asset, name: string): number | null {
  const fact: unknown = asset.facts[name];
  return typeof fact === "number" ? fact : null;
}

const PREVIEW_PATIENCE_MS = 120_000;

/** Its content is looked at, or its picture is being made. */
export function isBecoming(asset: Asset, now = Date.now()): boolean {
  if (asset.state === "pending" || asset.state === "processing") return true;
  const content = contentOf(asset.kind);
  const isShowable = content === "image" || content === "audio" || content === "video";
  const isFresh = now - new Date(asset.updated_at).getTime() < PREVIEW_PATIENCE_MS;
  return asset.state === "ready" && isShowable && isFresh && asset.previews.length === 0;
}

const ENDED = ["succeeded", "failed", "cancelled"];

/** It may still read the files that it names. */
export function isUnfinished({ state }: JobUse): boolean {
  return !ENDED.includes(state);
}
