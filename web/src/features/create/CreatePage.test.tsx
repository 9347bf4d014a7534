import { screen } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { afterEach, expect, test, vi } from "vitest";

import { CHOSEN, openCreate, scriptField, STARTED, startButton } from "@/testing/create-form";
import { makeJob } from "@/testing/jobs";
import { ANN } from "@/testing/render";
import { server } from "@/testing/server";
import { standInStudio } from "@/testing/studio";

afterEach(() => vi.unstubAllGlobals());

test("each product says what it needs and leads to its form", async () => {
  standInStudio();
  openCreate("/new");
  expect(await screen.findByRole("link", { name: "Begin: Script to video" })).toHaveAttribute(
    "href",
    "/new/full_pipeline",
  );
  expect(screen.getByText("a picture, a text")).toBeVisible();
  expect(screen.getByRole("link", { name: "Try it with a sample" })).toHaveAttribute(
    "href",
    "/new/full_pipeline?sample=1",
  );
});

test("an address that names no product leads to those that there are", async () => {
  standInStudio();
  openCreate("/new/nothing_like_this");
  expect(await screen.findByRole("heading", { name: "There is no product of this name here." })).toBeVisible();
});

/** The form data that `fetch` of this environment can send. */
async function useFormDataOfFetch() {
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  vi.stubGlobal("FormData", (await new Response("", { headers }).formData()).constructor);
}

test("the sample fills the form, becomes an asset once, and starts", async () => {
  await useFormDataOfFetch();
  const uploads: FormData[] = [];
  const orders = standInStudio();
  server.use(
    http.get("*/samples/script.txt", () => HttpResponse.text("Welcome to Soundstage.\n")),
    http.get("*/samples/portrait.jpg", () => HttpResponse.arrayBuffer(new ArrayBuffer(8))),
    http.get("*/api/assets", () => HttpResponse.json({ assets: [], next: null })),
    http.post("*/api/assets", async ({ request }) => {
      uploads.push(await request.formData());
      return HttpResponse.json({ id: CHOSEN, state: "processing" }, { status: 201 });
    }),
    http.get(`*/api/assets/${CHOSEN}`, () => HttpResponse.json({ id: CHOSEN, state: "ready" })),
  );
  const { person } = openCreate("/new/full_pipeline?sample=1");
  expect(await scriptField()).toHaveValue("Welcome to Soundstage.");
  expect(screen.getByText("The sample portrait")).toBeVisible();
  await person.click(startButton());
  expect(await screen.findByText(STARTED)).toBeVisible();
  expect(uploads.map((form) => [form.get("kind"), form.get("tags")])).toEqual([["portrait", "sample"]]);
  expect(orders[0]?.body).toMatchObject({
    pipeline: "full_pipeline",
    description: "My first video",
    params: { portrait: `asset:${CHOSEN}`, script: "Welcome to Soundstage." },
  });
});

test("a sample that is in the library is not uploaded again", async () => {
  const orders = standInStudio();
  server.use(
    http.get("*/samples/script.txt", () => HttpResponse.text("Welcome.")),
    http.get("*/api/assets", () => HttpResponse.json({ assets: [{ id: CHOSEN }], next: null })),
  );
  const { person } = openCreate("/new/full_pipeline?sample=1");
  expect(await screen.findByText(CHOSEN)).toBeVisible();
  await person.click(startButton());
  await screen.findByText(STARTED);
  expect(orders[0]?.body.params).toMatchObject({ portrait: `asset:${CHOSEN}` });
});

test("again, with changes: the form holds what the job was made of", async () => {
  const orders = standInStudio();
  const sha256 = "0".repeat(64);
  const job = makeJob({
    pipeline: "full_pipeline",
    description: "Lesson <img onerror=alert(1)>",
    priority: "high",
    params: { portrait: `sha256:${sha256}`, script: "As before.", fps: 30, face: null },
    inputs: [
      { param: "portrait", reference: `sha256:${sha256}`, sha256, asset_id: CHOSEN, name: "ann.jpg", size_bytes: 9 },
    ],
  });
  server.use(http.get(`*/api/jobs/${job.id}`, () => HttpResponse.json(job)));
  const { person } = openCreate(`/new/full_pipeline?from=${job.id}`);
  expect(await scriptField()).toHaveValue("As before.");
  expect(screen.getByText(/filled in from Lesson <img onerror=alert\(1\)>/)).toBeVisible();
  await person.clear(await scriptField());
  await person.type(await scriptField(), "Now other words.");
  await person.click(startButton());
  await screen.findByText(STARTED);
  expect(orders[0]?.body).toMatchObject({
    priority: "high",
    params: { portrait: `asset:${CHOSEN}`, script: "Now other words.", fps: 30 },
  });
});

test("a file that has left the library since can be used again", async () => {
  const orders = standInStudio();
  const reference = `sha256:${"1".repeat(64)}`;
  const job = makeJob({ pipeline: "full_pipeline", params: { portrait: reference, script: "Hello." }, inputs: [] });
  server.use(http.get(`*/api/jobs/${job.id}`, () => HttpResponse.json(job)));
  const { person } = openCreate(`/new/full_pipeline?from=${job.id}`);
  expect(await screen.findByText("The file of the earlier job")).toBeVisible();
  await person.click(startButton());
  await screen.findByText(STARTED);
  expect(orders[0]?.body.params).toMatchObject({ portrait: reference });
});

test("a draft survives a reload, and is forgotten when it starts", async () => {
  standInStudio();
  const first = openCreate("/new/text_to_speech");
  await first.person.type(await scriptField(), "Half a tho");
  first.unmount();
  const second = openCreate("/new/text_to_speech");
  expect(await scriptField()).toHaveValue("Half a tho");
  expect(screen.getByText(/Here is what you left/)).toBeVisible();
  await second.person.click(screen.getByRole("button", { name: "Begin afresh" }));
  expect(await scriptField()).toHaveValue("");
  await second.person.type(await scriptField(), "A whole thought.");
  await second.person.click(startButton());
  await screen.findByText(STARTED);
  second.unmount();
  openCreate("/new/text_to_speech");
  expect(await scriptField()).toHaveValue("");
});

test("nobody sees the draft of another who used this browser", async () => {
  standInStudio();
  const { person, unmount } = openCreate("/new/text_to_speech");
  await person.type(await scriptField(), "A secret.");
  unmount();
  openCreate("/new/text_to_speech", { ...ANN, id: "user_2" });
  expect(await scriptField()).toHaveValue("");
});
