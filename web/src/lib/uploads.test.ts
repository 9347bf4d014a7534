import { waitFor } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test } from "vitest";

import { leftUploads } from "@/lib/left-uploads";
import { Problem } from "@/lib/problem";
import { FileUpload, type UploadPhase } from "@/lib/uploads";
import { signIn } from "@/testing/render";
import { server } from "@/testing/server";
import { makeRefusal, makeUploadServer } from "@/testing/uploads";

/** Larger than what goes with the request that begins an upload. */
const LARGE = 3_000_000;
const PATIENCE = { timeout: 10_000 };

const makeFile = (size: number) =>
  new File([new Uint8Array(size)], "voice.wav", { type: "audio/wav", lastModified: 1 });
const becomes = (upload: FileUpload, phase: UploadPhase) => waitFor(() => expect(upload.phase).toBe(phase), PATIENCE);

beforeEach(() => signIn());

test("a small file goes in one request, and its asset is given when it is ready", async () => {
  const uploads = makeUploadServer();
  server.use(...uploads.handlers);
  const upload = new FileUpload(makeFile(100), { kind: null });
  upload.start();
  await becomes(upload, "ready");
  expect(upload.progress.get().asset?.id).toBe(uploads.assetId);
  expect(uploads.requests).toEqual(["POST"]);
});

test("after a break it goes on from where the server has it, by itself", async () => {
  let breaks = 1;
  const uploads = makeUploadServer(() => (breaks-- > 0 ? { brokenAfter: 1_000_000 } : undefined));
  server.use(...uploads.handlers);
  const upload = new FileUpload(makeFile(LARGE), { kind: "voice_sample" });
  const phases = new Set<UploadPhase>();
  upload.progress.watch(() => phases.add(upload.phase));
  upload.start();
  await becomes(upload, "ready");
  expect(phases).toContain("interrupted");
  expect(uploads.requests).toEqual(["POST", "PATCH 0 Bearer token", "HEAD", "PATCH 1000000 Bearer token"]);
});

test("when the token ended in the middle, it goes on with a new one", async () => {
  let refusals = 1;
  const uploads = makeUploadServer(() =>
    refusals-- > 0 ? { refusal: makeRefusal(401, "not_signed_in", "Sign in.") } : undefined,
  );
  const renewed = http.post("*/api/auth/refresh", () =>
    HttpResponse.json({ access_token: "token2", expires_in: 900, user: { id: "user_1" } }),
  );
  server.use(...uploads.handlers, renewed);
  const upload = new FileUpload(makeFile(LARGE), { kind: null });
  upload.start();
  await becomes(upload, "ready");
  expect(uploads.requests.at(-1)).toBe("PATCH 0 Bearer token2");
});

test("a file that is refused is not sent again, and says why", async () => {
  const uploads = makeUploadServer(() => ({
    refusal: makeRefusal(422, "bad_media", "The file is audio by its content.", "Choose another file."),
  }));
  server.use(...uploads.handlers);
  const upload = new FileUpload(makeFile(LARGE), { kind: "portrait" });
  upload.start();
  await becomes(upload, "failed");
  const { failure } = upload.progress.get();
  expect(failure).toBeInstanceOf(Problem);
  expect(failure?.message).toBe("The file is audio by its content.");
  await waitFor(async () => expect(await leftUploads()).toEqual([]));
});

test("a full storage ends an upload, although it is told by the same status as being too fast", async () => {
  server.use(http.post("*/api/assets/tus", () => makeRefusal(429, "limit_reached", "Your storage is full.")));
  const upload = new FileUpload(makeFile(100), { kind: null });
  upload.start();
  await becomes(upload, "failed");
});

test("the same file goes on after the page was loaded anew", async () => {
  let breaks = 1;
  const uploads = makeUploadServer(() => (breaks-- > 0 ? { brokenAfter: 2_000_000 } : undefined));
  server.use(...uploads.handlers);
  const before = new FileUpload(makeFile(LARGE), { kind: null });
  before.start();
  await becomes(before, "interrupted");
  before.pause();
  expect((await leftUploads()).map(({ name }) => name)).toEqual(["voice.wav"]);

  const after = new FileUpload(makeFile(LARGE), { kind: null });
  after.start();
  await becomes(after, "ready");
  expect(after.progress.get().isContinued).toBe(true);
  expect(uploads.requests.slice(-2)).toEqual(["HEAD", "PATCH 2000000 Bearer token"]);
  expect(await leftUploads()).toEqual([]);
});

test("another user of this browser is not told of it", async () => {
  const uploads = makeUploadServer(() => ({ brokenAfter: 10 }));
  server.use(...uploads.handlers);
  const upload = new FileUpload(makeFile(LARGE), { kind: null });
  upload.start();
  await becomes(upload, "interrupted");
  upload.pause();
  signIn({
    id: "user_2",
    email: "",
    username: "",
    display_name: "",
    language: "en",
    role: "user",
    plan: "free",
    is_disabled: false,
    created_at: "",
    last_login_at: null,
  });
  expect(await leftUploads()).toEqual([]);
});

test("cancelled, the server is told to forget what came", async () => {
  const uploads = makeUploadServer(() => ({ brokenAfter: 10 }));
  server.use(...uploads.handlers);
  const upload = new FileUpload(makeFile(LARGE), { kind: null });
  upload.start();
  await becomes(upload, "interrupted");
  upload.cancel();
  expect(upload.phase).toBe("cancelled");
  await waitFor(() => expect(uploads.files.size).toBe(0), PATIENCE);
  await waitFor(async () => expect(await leftUploads()).toEqual([]));
});

test("content that is refused after all bytes came fails the upload with the reason", async () => {
  const uploads = makeUploadServer();
  const refused = http.get("*/api/assets/:id", ({ params }) =>
    HttpResponse.json({ id: params.id, state: "failed", error: { code: "bad_media", message: "No sound.", hint: "" } }),
  );
  server.use(refused, ...uploads.handlers);
  const upload = new FileUpload(makeFile(100), { kind: null });
  upload.start();
  await becomes(upload, "failed");
  expect(upload.progress.get().failure?.message).toBe("No sound.");
});

test("a network that breaks while the content is checked does not fail an upload whose bytes are all there", async () => {
  let breaks = 1;
  const uploads = makeUploadServer();
  const away = http.get("*/api/assets/:id", () => (breaks-- > 0 ? HttpResponse.error() : undefined));
  server.use(away, ...uploads.handlers);
  const upload = new FileUpload(makeFile(100), { kind: null });
  upload.start();
  await becomes(upload, "ready");
});
