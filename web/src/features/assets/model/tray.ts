import { Observable } from "@/lib/observable";
import { FileUpload } from "@/lib/uploads";

import { type Asset, type AssetKind, kindFor } from "./asset";

/** So many at once: more would only make each slower. */
const MOST_AT_ONCE = 2;

/** The uploads that no field shows, oldest first. They go on while one looks at other pages. */
export const tray = new Observable<readonly FileUpload[]>([]);

export function sendToLibrary(files: readonly File[], kind: AssetKind | null, onReady: (asset: Asset) => void): void {
  for (const file of files) followInTray(new FileUpload(file, { kind: kindFor(file, kind), onReady }));
}

export function followInTray(upload: FileUpload): void {
  tray.set([...tray.get(), upload]);
  upload.progress.watch(startNext);
  startNext();
}

export function dropFromTray(upload: FileUpload): void {
  tray.set(tray.get().filter((other) => other !== upload));
  startNext();
}

export function dropDone(): void {
  tray.set(tray.get().filter((upload) => upload.phase !== "ready"));
}

function startNext(): void {
  const sending = tray.get().filter((upload) => upload.phase === "sending" || upload.phase === "interrupted");
  const next = tray.get().find((upload) => upload.phase === "waiting");
  if (next !== undefined && sending.length < MOST_AT_ONCE) next.start();
}
