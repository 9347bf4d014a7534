import { Observable } from "@/lib/observable";
import { FileUpload } from "@/lib/uploads";

import { type Asset, type AssetKind, kindFor } from "./asset";
import { tray } from "./tray-content";

/** So many at once: more would only make each slower. */
const MOST_AT_ONCE = 2;

interface Counts {
  done: number;
  failed: number;
  whole: number;
}

export const trayCounts = new Observable<Counts>({ done: 0, failed: 0, whole: 0 });

/** The kind is taken by those that look as if they could be of it; the others become what their content shows. */
export function sendToLibrary(files: readonly File[], kind: AssetKind | null, onReady: (asset: Asset) => void): void {
  for (const file of files) sendAs([file], kindFor(file, kind), onReady);
}

export function sendAs(files: readonly File[], kind: AssetKind | null, onReady: (asset: Asset) => void): void {
  for (const file of files) followInTray(new FileUpload(file, { kind, onReady }));
}

export function followInTray(upload: FileUpload): void {
  tray.set([...tray.get(), upload]);
  upload.progress.watch(() => {
    startNext();
    count();
  });
  startNext();
  count();
}

export function dropFromTray(upload: FileUpload): void {
  tray.set(tray.get().filter((other) => other !== upload));
  startNext();
  count();
}

export function dropDone(): void {
  tray.set(tray.get().filter((upload) => upload.phase !== "ready"));
  count();
}

function startNext(): void {
  const sending = tray.get().filter(({ phase }) => phase === "sending" || phase === "interrupted");
  const next = tray.get().find(({ phase }) => phase === "waiting");
  if (next !== undefined && sending.length < MOST_AT_ONCE) next.start();
}

function count(): void {
  const phases = tray.get().map(({ phase }) => phase);
  const number = (wanted: string) => phases.filter((phase) => phase === wanted).length;
  const counts = { done: number("ready"), failed: number("failed"), whole: phases.length };
  const known = trayCounts.get();
  const isSame = counts.done === known.done && counts.failed === known.failed && counts.whole === known.whole;
  if (!isSame) trayCounts.set(counts);
}
