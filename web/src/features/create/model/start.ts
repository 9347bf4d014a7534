import { answered, api, fetchAsUser } from "@/lib/api";
import { Problem, problemOf } from "@/lib/problem";
import { pause } from "@/lib/scope";

import { isSample, type Job, type Order, referenceOf, sentParams } from "./order";
import type { Params } from "./schema";

const SAMPLE_TAG = "sample";
const CHECK_AGAIN_MS = 400;
const LONGEST_CHECK_MS = 30_000;

/** Sends an order until there is an answer to it, always under the same key: however often, it makes one job. */
export class OrderDesk {
  private sent: { body: string; key: string } | null = null;
  private sending: Promise<Job> | null = null;

  /** Raises Problem, and Unreachable: then nobody knows whether it came through, and the next try has the same key. */
  send(pipeline: string, order: Order): Promise<Job> {
    this.sending ??= this.deliver(pipeline, order).finally(() => (this.sending = null));
    return this.sending;
  }

  private async deliver(pipeline: string, order: Order): Promise<Job> {
    const params = sentParams(await withSampleStored(order.params));
    const body = { pipeline, params, priority: order.priority, description: order.description.trim() };
    const text = JSON.stringify(body);
    if (this.sent?.body !== text) this.sent = { body: text, key: randomKey() };
    const header = { "idempotency-key": this.sent.key };
    try {
      const job = await answered(api.POST("/api/jobs", { params: { header }, body: { ...body, metadata: {} } }));
      this.sent = null;
      return job;
    } catch (failure) {
      if (failure instanceof Problem && failure.status < 500) this.sent = null;
      throw failure;
    }
  }
}

/** `crypto.randomUUID` is missing where the page comes over plain HTTP from another machine. */
function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The parameters with the bundled portrait as an asset: the one that is there, or one that is uploaded once. */
async function withSampleStored(params: Params): Promise<Params> {
  const named = Object.entries(params).find(([, value]) => isSample(value));
  if (named === undefined) return params;
  return { ...params, [named[0]]: referenceOf((await findSample()) ?? (await ready(await uploadSample()))) };
}

/** The sample portrait in the library; null where it was never used. */
export async function findSample(): Promise<string | null> {
  const query = { kind: ["portrait" as const], tag: [SAMPLE_TAG], state: ["ready" as const], limit: 1 };
  const { assets } = await answered(api.GET("/api/assets", { params: { query } }));
  return assets[0]?.id ?? null;
}

async function uploadSample(): Promise<string> {
  const picture = await loadSample("portrait.jpg");
  const form = new FormData();
  form.append("kind", "portrait");
  form.append("tags", SAMPLE_TAG);
  form.append("file", await picture.blob(), "portrait.jpg");
  const request = new Request(new URL("/api/assets", globalThis.location.origin), { method: "POST", body: form });
  const response = await fetchAsUser(request);
  if (!response.ok) throw await problemOf(response);
  return ((await response.json()) as { id: string }).id;
}

/** A file that comes with the page. Raises Problem, Unreachable. */
export async function loadSample(name: string): Promise<Response> {
  const response = await fetchAsUser(new Request(new URL(`/samples/${name}`, globalThis.location.origin)));
  if (!response.ok) throw await problemOf(response);
  return response;
}

/** Waits until the file was checked. Raises Problem where it is refused or takes too long. */
async function ready(assetId: string): Promise<string> {
  const until = Date.now() + LONGEST_CHECK_MS;
  for (;;) {
    const asset = await answered(api.GET("/api/assets/{asset_id}", { params: { path: { asset_id: assetId } } }));
    if (asset.state === "ready") return assetId;
    if (asset.state === "failed" || Date.now() > until) {
      throw new Problem(422, {
        code: asset.error?.code ?? "asset_not_ready",
        detail: asset.error?.message ?? asset.name,
      });
    }
    await pause(CHECK_AGAIN_MS);
  }
}
