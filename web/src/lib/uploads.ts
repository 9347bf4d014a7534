import type { HttpRequest, Upload } from "tus-js-client";

import type { components } from "@/generated/schema";
import { answered, api } from "@/lib/api";
import { language } from "@/lib/language";
import { fingerprintOf } from "@/lib/left-uploads";
import { Observable } from "@/lib/observable";
import { Problem } from "@/lib/problem";
import { rest } from "@/lib/rest";
import { accessToken } from "@/lib/session";
import { failureOf, isPassing, settle } from "@/lib/upload-failures";

type Asset = components["schemas"]["AssetOut"];
type AssetKind = components["schemas"]["AssetKind"];

const ENDPOINT = "/api/assets/tus";
/** A proxy between may refuse larger bodies, and a break costs at most one piece. */
const PIECE_BYTES = 32 * 1024 * 1024;
/** So small that they go with the request that begins them. */
const SMALL_BYTES = 2 * 1024 * 1024;
const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 8_000;

/**
 * waiting: for its turn; interrupted: no answer, it goes on by itself; checking: all bytes are there and the server looks
 * at what they are; ready, failed and cancelled are ends.
 */
export type UploadPhase =
  "waiting" | "sending" | "paused" | "interrupted" | "checking" | "ready" | "failed" | "cancelled";

export interface UploadProgress {
  phase: UploadPhase;
  sentBytes: number;
  /** True where bytes of an earlier visit count. */
  isContinued: boolean;
  failure: Error | null;
  asset: Asset | null;
}

interface UploadWish {
  /** Without one the file becomes what its content shows. */
  kind: AssetKind | null;
  /** False for what was made in the page and cannot be chosen again after a reload. */
  isFromDisk?: boolean;
  onReady?: (asset: Asset) => void;
}

const NOTHING_SENT: UploadProgress = {
  phase: "waiting",
  sentBytes: 0,
  isContinued: false,
  failure: null,
  asset: null,
};

/** One file on its way into the library, by tus: it goes on after a break, after the token ended, after a reload. */
export class FileUpload {
  readonly id = crypto.randomUUID();
  readonly progress = new Observable<UploadProgress>(NOTHING_SENT);
  private sender: Upload | null = null;
  private failures = 0;
  private resting = new AbortController();

  constructor(
    readonly file: File,
    readonly wish: UploadWish,
  ) {}

  get phase(): UploadPhase {
    return this.progress.get().phase;
  }

  get isOver(): boolean {
    return ["ready", "failed", "cancelled"].includes(this.phase);
  }

  /** Begins, or goes on after a pause, a break or a failure. */
  start(): void {
    if (this.phase === "sending" || this.phase === "checking" || this.phase === "ready") return;
    this.show({ phase: "sending", failure: null });
    void this.send();
  }

  pause(): void {
    if (this.phase !== "sending" && this.phase !== "interrupted" && this.phase !== "waiting") return;
    this.show({ phase: "paused", failure: null });
    this.halt();
  }

  /** Gives it up, and tells the server to forget what came. */
  cancel(): void {
    if (this.isOver || this.phase === "checking") return;
    this.show({ phase: "cancelled", failure: null });
    this.halt();
    this.sender?.abort(true).catch(() => undefined); // unreachable: the server forgets it by itself, in a day
  }

  private show(change: Partial<UploadProgress>): void {
    this.progress.set({ ...this.progress.get(), ...change });
  }

  private halt(): void {
    this.resting.abort();
    this.resting = new AbortController();
    void this.sender?.abort();
  }

  private async send(): Promise<void> {
    try {
      this.sender ??= await this.makeSender();
      if (this.phase === "sending") this.sender.start();
    } catch (failure) {
      this.end(asError(failure));
    }
  }

  private async makeSender(): Promise<Upload> {
    const tus = await import("tus-js-client");
    const { kind, isFromDisk = true } = this.wish;
    const sender = new tus.Upload(this.file, {
      endpoint: ENDPOINT,
      metadata: { filename: this.file.name, ...(kind !== null && { kind }) },
      fingerprint: () => Promise.resolve(fingerprintOf(this.file, kind)),
      storeFingerprintForResuming: isFromDisk,
      removeFingerprintOnSuccess: true,
      chunkSize: PIECE_BYTES,
      uploadDataDuringCreation: this.file.size <= SMALL_BYTES,
      retryDelays: null,
      onBeforeRequest: (request) => this.authorise(request),
      onAfterResponse: settle,
      onProgress: (sentBytes) => this.moved(sentBytes),
      onError: (failure) => void this.broke(failureOf(failure)),
      onSuccess: () => void this.arrived(),
    });
    const earlier = (await sender.findPreviousUploads()).sort((a, b) => b.creationTime.localeCompare(a.creationTime));
    if (isFromDisk && earlier[0] !== undefined) {
      sender.resumeFromPreviousUpload(earlier[0]);
      this.show({ isContinued: true });
    }
    return sender;
  }

  private async authorise(request: HttpRequest): Promise<void> {
    const token = await accessToken();
    if (token !== null) request.setHeader("Authorization", `Bearer ${token}`);
    request.setHeader("Accept-Language", language.get());
    if (this.phase === "paused") throw new DOMException("Paused", "AbortError");
  }

  private moved(sentBytes: number): void {
    if (this.phase !== "sending") return;
    if (sentBytes > this.progress.get().sentBytes) this.failures = 0;
    this.show({ sentBytes });
  }

  /** What passes is waited for, as long as it takes; the rest is told. */
  private async broke(failure: Error): Promise<void> {
    if (this.phase !== "sending") return;
    if (!isPassing(failure)) {
      this.end(failure);
      return;
    }
    this.show({ phase: "interrupted", failure });
    const known = failure instanceof Problem ? (failure.retryAfterSeconds ?? 0) * 1000 : 0;
    const delay = Math.max(known, Math.min(FIRST_DELAY_MS * 2 ** this.failures, LONGEST_DELAY_MS));
    this.failures += 1;
    try {
      await backOnline(delay, this.resting.signal);
    } catch {
      return; // paused or cancelled meanwhile
    }
    this.start();
  }

  private async arrived(): Promise<void> {
    const assetId = this.sender?.url?.split("/").at(-1) ?? "";
    this.show({ phase: "checking", sentBytes: this.file.size });
    try {
      const asset = await whenReady(assetId);
      this.show({ phase: "ready", asset });
      this.wish.onReady?.(asset);
    } catch (failure) {
      this.end(asError(failure));
    }
  }

  /** What is refused is not asked for again by the next visit. */
  private end(failure: Error): void {
    forget(this.sender);
    this.sender = null;
    this.show({ phase: "failed", failure, sentBytes: 0, isContinued: false });
  }
}

/** The asset, once its content was checked, however often one has to ask. Raises Problem where it is refused. */
async function whenReady(assetId: string): Promise<Asset> {
  for (let delay = 150; ; delay = Math.min(delay * 1.6, 4_000)) {
    const asset = await findAsset(assetId);
    if (asset?.state === "ready") return asset;
    if (asset?.state === "failed") throw refusalOf(asset);
    await rest(delay);
  }
}

/** Null where there is no answer at the moment. */
async function findAsset(assetId: string): Promise<Asset | null> {
  try {
    return await answered(api.GET("/api/assets/{asset_id}", { params: { path: { asset_id: assetId } } }));
  } catch (failure) {
    if (failure instanceof Problem && failure.status < 500 && failure.status !== 429) throw failure;
    return null;
  }
}

function refusalOf({ error }: Asset): Problem {
  return new Problem(422, error === null ? {} : { code: error.code, detail: error.message, hint: error.hint });
}

/** After the delay, or at once when the network is back. */
async function backOnline(delayMs: number, signal: AbortSignal): Promise<void> {
  const sooner = new AbortController();
  const isBack = new Promise<void>((resolve) =>
    globalThis.addEventListener("online", () => resolve(), { once: true, signal: sooner.signal }),
  );
  try {
    await Promise.race([isBack, rest(delayMs, signal)]);
  } finally {
    sooner.abort();
  }
}

function forget(sender: Upload | null): void {
  if (sender === null) return;
  void sender.findPreviousUploads().then((known) => {
    for (const { urlStorageKey } of known) localStorage.removeItem(urlStorageKey);
  });
}

function asError(failure: unknown): Error {
  return failure instanceof Error ? failure : new Error(String(failure));
}
