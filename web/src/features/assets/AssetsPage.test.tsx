import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { useLocation } from "react-router";
import { afterEach, beforeEach, expect, test } from "vitest";

import { FileUpload } from "@/lib/uploads";
import { makeAsset } from "@/testing/assets";
import { show, signIn } from "@/testing/render";
import { server } from "@/testing/server";
import { makeRefusal, makeUploadServer } from "@/testing/uploads";

import { AssetsPage } from "./AssetsPage";
import { tray } from "./model/tray-content";
import { UploadTray } from "./UploadTray";

const PATIENCE = { timeout: 10_000 };
const ANN = makeAsset({ tags: ["lesson 3"] });
const EVIL = makeAsset({ id: "asset_evil", name: "<img src=x onerror=alert(1)>", kind: "script" });

function Page() {
  return (
    <>
      <AssetsPage />
      <UploadTray />
      <output aria-label="address">{useLocation().search}</output>
    </>
  );
}
const open = (search = "") => show(<Page />, { path: "/assets", at: `/assets${search}` });
const address = () => screen.getByLabelText("address").textContent;

const usage = http.get("*/api/assets/usage", () =>
  HttpResponse.json({ used_bytes: 1_500_000, storage_bytes: null, upload_bytes: null }),
);
const link = http.post("*/api/assets/:id/link", () =>
  HttpResponse.json({ url: "/api/assets/x/content?signature=1", expires_at: "2030-01-01T00:00:00Z" }),
);
const one = http.get("*/api/assets/:id", () => HttpResponse.json(ANN));
const jobs = (uses: object[]) => http.get("*/api/assets/:id/jobs", () => HttpResponse.json(uses));

let asked: URLSearchParams[];
const listing = (assets: object[]) =>
  http.get("*/api/assets", ({ request }) => {
    asked.push(new URL(request.url).searchParams);
    return HttpResponse.json({ assets, next: null });
  });

beforeEach(() => {
  asked = [];
  server.use(usage, listing([ANN, EVIL]), link, jobs([]), one);
  server.use(usage);
});
afterEach(() => tray.set([]));

test("an empty library says what to do", async () => {
  server.use(listing([]));
  open();
  expect(await screen.findByText("The library is empty.", undefined, PATIENCE)).toBeVisible();
  expect(screen.queryByRole("searchbox")).not.toBeInTheDocument();
});

test("names that look like markup are shown as text", async () => {
  open();
  expect(await screen.findByText(EVIL.name, undefined, PATIENCE)).toBeVisible();
});

test("search, kind and tag are asked of the server and kept in the address", async () => {
  const { person } = open();
  await screen.findByText("Ann.jpg", undefined, PATIENCE);
  await person.click(screen.getByRole("button", { name: "Portrait" }));
  await person.selectOptions(screen.getByRole("combobox", { name: "With the tag…" }), "lesson 3");
  await person.type(screen.getByRole("searchbox"), "an");
  await waitFor(() => expect(asked.at(-1)?.toString()).toContain("kind=portrait&tag=lesson+3&text=an"), PATIENCE);
  expect(address()).toBe("?kind=portrait&tag=lesson+3&text=an");
});

test("an address with a filter shows that filter", async () => {
  open("?kind=portrait&tag=lesson+3&sort=name&view=list");
  await screen.findByText("Ann.jpg", undefined, PATIENCE);
  expect(screen.getByRole("button", { name: "Portrait" })).toHaveAttribute("aria-pressed", "true");
  expect(screen.getByRole("button", { name: "As a list" })).toHaveAttribute("aria-pressed", "true");
  expect(screen.getByRole("combobox", { name: "Order" })).toHaveValue("name");
  expect(asked[0]?.get("sort")).toBe("name");
  fireEvent.click(screen.getByRole("button", { name: "No longer only “lesson 3”" }));
  expect(address()).toBe("?kind=portrait&sort=name&view=list");
});

test("of ten thousand assets only those in view are in the page", async () => {
  const many = Array.from({ length: 10_000 }, (_, place) => makeAsset({ id: `asset_${place}`, name: `File ${place}` }));
  server.use(listing(many));
  open();
  await screen.findByText("File 0", undefined, PATIENCE);
  expect(screen.getAllByRole("listitem").length).toBeLessThan(60);
});

test("a new name that the server refuses stays in its field, with the reason, and nowhere else", async () => {
  const names: unknown[] = [];
  server.use(
    http.patch("*/api/assets/:id", async ({ request }) => {
      names.push(await request.json());
      return makeRefusal(422, "bad_input", "That name cannot be used.");
    }),
  );
  const { person } = open(`?show=${ANN.id}`);
  const field = await screen.findByRole("textbox", { name: "Name" }, PATIENCE);
  await person.clear(field);
  await person.type(field, "Ben.jpg{Enter}");
  await waitFor(() => expect(names).toEqual([{ name: "Ben.jpg" }]), PATIENCE);
  expect(await screen.findByText("That name cannot be used.", undefined, PATIENCE)).toBeVisible();
  expect(screen.getByRole("textbox", { name: "Name" })).toHaveValue("Ben.jpg");
  expect(within(screen.getByRole("list", { name: "Assets" })).getByText("Ann.jpg")).toBeInTheDocument();
});

test("tags are added and removed", async () => {
  const tags: unknown[] = [];
  server.use(
    http.patch("*/api/assets/:id", async ({ request }) => {
      const body = (await request.json()) as { tags: string[] };
      tags.push(body.tags);
      return HttpResponse.json({ ...ANN, ...body });
    }),
  );
  const { person } = open(`?show=${ANN.id}`);
  await person.type(await screen.findByRole("textbox", { name: "Add tags" }, PATIENCE), "narrator, lesson 3{Enter}");
  await waitFor(() => expect(tags.at(-1)).toEqual(["lesson 3", "narrator"]), PATIENCE);
  await person.click(await screen.findByRole("button", { name: "Remove the tag “lesson 3”" }, PATIENCE));
  await waitFor(() => expect(tags.at(-1)).toEqual(["narrator"]), PATIENCE);
});

test("deleting names the unfinished jobs that need the file, and is forced only when one says so", async () => {
  const forced: (string | null)[] = [];
  const needing = { id: "job_1", pipeline: "full_pipeline", state: "running" };
  server.use(
    jobs([needing, { id: "job_2", pipeline: "full_pipeline", state: "succeeded" }]),
    http.delete("*/api/assets/:id", ({ request }) => {
      forced.push(new URL(request.url).searchParams.get("force"));
      return new HttpResponse(null, { status: 204 });
    }),
  );
  const { person } = open(`?show=${ANN.id}`);
  await person.click(await screen.findByRole("button", { name: "Delete" }, PATIENCE));
  const dialog = screen.getByRole("dialog", { name: "Delete “Ann.jpg”?" });
  expect(await within(dialog).findByText("1 unfinished job still needs it:", undefined, PATIENCE)).toBeVisible();
  const named = within(dialog).getAllByRole("link");
  expect(named.map((each) => each.getAttribute("href"))).toEqual(["/jobs/job_1"]);
  await person.click(within(dialog).getByRole("button", { name: "Delete anyway" }));
  await waitFor(() => expect(forced).toEqual(["true"]), PATIENCE);
  await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument(), PATIENCE);
  expect(screen.queryByText("Ann.jpg")).not.toBeInTheDocument();
});

test("a job that began meanwhile refuses the deletion, and is shown", async () => {
  let uses: object[] = [];
  server.use(
    http.get("*/api/assets/:id/jobs", () => HttpResponse.json(uses)),
    http.delete("*/api/assets/:id", () => {
      uses = [{ id: "job_1", pipeline: "full_pipeline", state: "queued" }];
      return makeRefusal(409, "asset_in_use", "1 unfinished jobs need the asset.");
    }),
  );
  const { person } = open(`?show=${ANN.id}`);
  await person.click(await screen.findByRole("button", { name: "Delete" }, PATIENCE));
  const dialog = screen.getByRole("dialog", { name: "Delete “Ann.jpg”?" });
  await within(dialog).findByText(/No job uses it/, undefined, PATIENCE);
  await person.click(within(dialog).getByRole("button", { name: "Delete" }));
  expect(await within(dialog).findByText("1 unfinished jobs need the asset.", undefined, PATIENCE)).toBeVisible();
  expect(await within(dialog).findByRole("link", { name: /job_1/ }, PATIENCE)).toBeVisible();
});

test("files dropped anywhere are sent, two at a time, and the tray tells how far they are", async () => {
  const uploads = makeUploadServer();
  server.use(...uploads.handlers, usage, listing([ANN]));
  open();
  await screen.findByText("Ann.jpg", undefined, PATIENCE);
  const files = ["a", "b", "c"].map((name) => new File(["x"], `${name}.wav`, { type: "audio/wav" }));
  fireEvent.drop(document.body, { dataTransfer: { files, types: ["Files"] } });
  expect(tray.get().map(({ phase }) => phase)).toEqual(["sending", "sending", "waiting"]);
  const shown = await screen.findByRole("region", { name: "Uploads" });
  await within(shown).findByText("Uploads: 3 of 3 done", undefined, PATIENCE);
  fireEvent.click(within(shown).getByRole("button", { name: "Clear done" }));
  expect(screen.queryByRole("region", { name: "Uploads" })).not.toBeInTheDocument();
});

test("a file that is not taken says why in the tray, and can be sent again", async () => {
  let refusals = 1;
  const uploads = makeUploadServer(() =>
    refusals-- > 0 ? { refusal: makeRefusal(422, "bad_media", "The file is empty.") } : undefined,
  );
  server.use(...uploads.handlers, usage, listing([ANN]));
  const { person } = open();
  await screen.findByText("Ann.jpg", undefined, PATIENCE);
  const [field] = screen.getAllByLabelText("Upload files");
  if (field !== undefined) await person.upload(field, new File(["x"], "a.wav", { type: "audio/wav" }));
  expect(await screen.findByText("The file is empty.", undefined, PATIENCE)).toBeVisible();
  await person.click(screen.getByRole("button", { name: "Upload a.wav again" }));
  expect(await screen.findByText("Uploads: 1 of 1 done", undefined, PATIENCE)).toBeVisible();
});

test("an upload that an earlier visit left goes on as the kind that it was, or is given up", async () => {
  const uploads = makeUploadServer(() => ({ brokenAfter: 1_000_000 }));
  server.use(...uploads.handlers, usage, listing([ANN]));
  const file = () => new File([new Uint8Array(3_000_000)], "Ben.jpg", { type: "image/jpeg", lastModified: 1 });
  signIn();
  const before = new FileUpload(file(), { kind: "portrait" });
  before.start();
  await waitFor(() => expect(before.phase).toBe("interrupted"), PATIENCE);
  before.pause();

  const { person } = open();
  expect(
    await screen.findByText(/The upload of “Ben.jpg” \(3 MB\) did not come to its end/, undefined, PATIENCE),
  ).toBeVisible();
  await person.upload(screen.getByLabelText("Choose the file"), file());
  await waitFor(() => expect(uploads.requests).toContain("PATCH 1000000 Bearer token"), PATIENCE);
  for (const upload of tray.get()) upload.pause();
  tray.set([]);
  await person.click(await screen.findByRole("button", { name: "Give it up" }, PATIENCE));
  await waitFor(() => expect(uploads.files.size).toBe(0), PATIENCE);
  await waitFor(() => expect(screen.queryByText(/did not come to its end/)).not.toBeInTheDocument(), PATIENCE);
});
