import type { components } from "@/generated/schema";
import { fetchAsUser } from "@/lib/api";
import { currentSession } from "@/lib/session";

type AssetKind = components["schemas"]["AssetKind"];

/** The server forgets an upload so long after its last byte. */
const KEPT_MS = 24 * 3_600_000;
const KINDS: readonly AssetKind[] = ["portrait", "voice_sample", "script", "audio", "video", "image", "dataset_zip"];

/** An upload of an earlier visit that did not come to its end: its file has to be chosen again. */
export interface LeftUpload {
  key: string;
  name: string;
  sizeBytes: number;
  kind: AssetKind | null;
  url: string;
}

/** Those of the one who is signed in. */
export async function leftUploads(): Promise<LeftUpload[]> {
  const { defaultOptions } = await import("tus-js-client");
  const known = await defaultOptions.urlStorage.findAllUploads();
  return known
    .filter(({ urlStorageKey: key }) => key.startsWith(`tus::${ownPrefix()}`))
    .filter(({ creationTime }) => Date.now() - new Date(creationTime).getTime() < KEPT_MS)
    .map(({ urlStorageKey: key, metadata, size, uploadUrl }) => ({
      key,
      name: metadata.filename ?? "",
      sizeBytes: size ?? 0,
      kind: KINDS.find((kind) => kind === metadata.kind) ?? null,
      url: uploadUrl ?? "",
    }));
}

/** The server forgets what came of it, and so does this browser. */
export async function giveUp({ key, url }: LeftUpload): Promise<void> {
  localStorage.removeItem(key);
  const headers = { "Tus-Resumable": "1.0.0" };
  await fetchAsUser(new Request(new URL(url, globalThis.location.origin), { method: "DELETE", headers }));
}

/** By what a file is known again: another user of this browser, or another kind, is another upload. */
export function fingerprintOf(file: File, kind: AssetKind | null): string {
  return ownPrefix() + [file.name, file.type, file.size, file.lastModified, kind ?? ""].join("-");
}

function ownPrefix(): string {
  const session = currentSession();
  return `soundstage-${session.state === "signed-in" ? session.user.id : ""}-`;
}
