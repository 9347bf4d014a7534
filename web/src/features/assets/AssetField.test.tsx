import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { useState } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { makeAsset } from "@/testing/assets";
import { show } from "@/testing/render";
import { server } from "@/testing/server";
import { makeRefusal, makeUploadServer } from "@/testing/uploads";

import { AssetField } from "./AssetField";
import type { AssetKind } from "./model/asset";
import { tray } from "./model/tray-content";

const PATIENCE = { timeout: 10_000 };
const chosen = vi.fn<(assetId: string | null) => void>();

function Form({ kind }: { kind: AssetKind }) {
  const [value, setValue] = useState<string | null>(null);
  function change(assetId: string | null) {
    chosen(assetId);
    setValue(assetId);
  }
  return <AssetField label="Voice" kind={kind} value={value} onChange={change} />;
}

const sound = new File(["x"], "take 1.wav", { type: "audio/wav" });
const usage = http.get("*/api/assets/usage", () =>
  HttpResponse.json({ used_bytes: 990_000_000, storage_bytes: 1_000_000_000, upload_bytes: null }),
);

const link = http.post("*/api/assets/:id/link", () =>
  HttpResponse.json({ url: "/api/assets/x/content", expires_at: "" }),
);

beforeEach(() => {
  chosen.mockReset();
  server.use(link);
});
afterEach(() => tray.set([]));

test("an uploaded file is the value once its asset is ready", async () => {
  const uploads = makeUploadServer();
  server.use(...uploads.handlers);
  const { person } = show(<Form kind="voice_sample" />);
  await person.upload(screen.getByLabelText("Upload a file"), sound);
  await waitFor(() => expect(chosen).toHaveBeenCalledWith(uploads.assetId), PATIENCE);
  expect(await screen.findByText("Ann.jpg")).toBeVisible();
});

test("a dropped file and a pasted one are taken too", async () => {
  const uploads = makeUploadServer();
  server.use(...uploads.handlers);
  show(<Form kind="voice_sample" />);
  const data = { files: [sound], types: ["Files"] };
  fireEvent.drop(screen.getByText(/Or drop a file/), { dataTransfer: data });
  await waitFor(() => expect(chosen).toHaveBeenCalledTimes(1), PATIENCE);
  fireEvent.click(await screen.findByRole("button", { name: "Remove from this job" }, PATIENCE));
  fireEvent.paste(screen.getByText(/Or drop a file/), { clipboardData: data });
  await waitFor(() => expect(chosen).toHaveBeenCalledTimes(3), PATIENCE);
});

test("a file of the wrong kind is refused at the field, in the words of the server", async () => {
  const words = "The file is text by its content, but audio is needed.";
  server.use(http.post("*/api/assets/tus", () => makeRefusal(422, "bad_media", words, "Choose another file.")));
  const { person } = show(<Form kind="voice_sample" />);
  await person.upload(screen.getByLabelText("Upload a file"), sound);
  const field = await screen.findByRole("group", { name: "Voice" });
  expect(await within(field).findByText(words, undefined, PATIENCE)).toBeVisible();
  expect(within(field).getByText("Choose another file.")).toBeVisible();
  expect(chosen).not.toHaveBeenCalled();
});

test("a full storage says how much is used and leads to what takes the room", async () => {
  server.use(
    usage,
    http.post("*/api/assets/tus", () => makeRefusal(429, "limit_reached", "Your storage holds 1000000000 bytes.")),
  );
  const { person } = show(<Form kind="voice_sample" />);
  await person.upload(screen.getByLabelText("Upload a file"), sound);
  expect(await screen.findByText(/990 MB of 1 GB are used/, undefined, PATIENCE)).toBeVisible();
  expect(screen.getByRole("link", { name: "See what takes the room" })).toHaveAttribute("href", "/settings/storage");
});

test("an upload whose field is left goes on in the tray", async () => {
  const uploads = makeUploadServer(() => ({ brokenAfter: 0 }));
  server.use(...uploads.handlers);
  const { person, unmount } = show(<Form kind="voice_sample" />);
  await person.upload(screen.getByLabelText("Upload a file"), sound);
  await screen.findByRole("progressbar", { name: "Upload of take 1.wav" });
  unmount();
  expect(tray.get().map(({ file }) => file.name)).toEqual(["take 1.wav"]);
  for (const upload of tray.get()) upload.pause();
});

test("the library offers what fits, and the keyboard finds and chooses it", async () => {
  const asked: URLSearchParams[] = [];
  const list = http.get("*/api/assets", ({ request }) => {
    asked.push(new URL(request.url).searchParams);
    const names = ["One.wav", "Two.wav", "Three.wav"];
    const assets = names.map((name, place) => makeAsset({ id: `asset_${place}`, kind: "voice_sample", name }));
    return HttpResponse.json({ assets, next: null });
  });
  server.use(list);
  const { person } = show(<Form kind="voice_sample" />);
  await person.click(screen.getByRole("button", { name: "From the library" }));
  await screen.findByRole("button", { name: /Two.wav/ }, PATIENCE);
  expect(screen.getByRole("searchbox")).toHaveFocus();
  await person.keyboard("{ArrowDown}{ArrowRight}");
  expect(screen.getByRole("button", { name: /Two.wav/ })).toHaveFocus();
  await person.keyboard("{End}{Home}{ArrowRight}{Enter}");
  expect(chosen).toHaveBeenCalledWith("asset_1");
  expect(screen.queryByRole("dialog")).not.toBeInTheDocument();
  expect(asked[0]?.getAll("kind")).toEqual(["voice_sample", "audio"]);
  expect(asked[0]?.getAll("state")).toEqual(["ready"]);
});
