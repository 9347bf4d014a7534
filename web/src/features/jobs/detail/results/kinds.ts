import type { Artifact } from "../../model/job";

export type FileKind = "video" | "audio" | "picture" | "text" | "other";

const TEXTS = ["application/json", "application/x-ndjson", "application/xml"];
/** Bare samples: no browser plays them. */
const UNPLAYABLE = ["audio/l16", "audio/pcm", "audio/x-pcm"];

export function kindOf({ media_type: type }: Artifact): FileKind {
  const bare = (type.split(";")[0] ?? "").trim().toLowerCase();
  if (bare.startsWith("video/")) return "video";
  if (bare.startsWith("audio/")) return UNPLAYABLE.includes(bare) ? "other" : "audio";
  if (bare.startsWith("image/")) return "picture";
  return bare.startsWith("text/") || TEXTS.includes(bare) ? "text" : "other";
}

export const isText = (artifact: Artifact): boolean => kindOf(artifact) === "text";
export const isSubtitles = ({ media_type }: Artifact): boolean => media_type.startsWith("text/vtt");
