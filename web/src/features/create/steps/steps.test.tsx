import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";

import { openCreate, scriptField, STARTED, startButton } from "@/testing/create-form";
import { makeEngine } from "@/testing/pipelines";
import { server } from "@/testing/server";
import { standInStudio } from "@/testing/studio";

test("a text that is too long says by how much, is not cut off, and is not sent", async () => {
  const orders = standInStudio();
  const { person } = openCreate("/new/text_to_speech");
  fireEvent.change(await scriptField(), { target: { value: "a".repeat(50_003) } });
  expect(await screen.findByText(/3 characters too long: up to 50,000 fit/)).toBeVisible();
  await person.click(startButton());
  expect(orders).toEqual([]);
  expect(await scriptField()).toHaveValue("a".repeat(50_003));
});

test("ten megabytes are kept beside the field and can be shortened", async () => {
  standInStudio();
  const { person } = openCreate("/new/text_to_speech");
  const pasted = "word ".repeat(2_000_000);
  fireEvent.paste(await scriptField(), { clipboardData: { getData: () => pasted } });
  expect(await screen.findByText(/9,950,000 characters too long/)).toBeVisible();
  expect(screen.getByText(/is not kept when you leave this page/)).toBeVisible();
  await person.click(screen.getByRole("button", { name: "Keep the first 50,000 characters" }));
  expect(await scriptField()).toHaveValue(pasted.slice(0, 50_000));
});

test("the length is counted in characters, words and time", async () => {
  standInStudio();
  openCreate("/new/text_to_speech");
  fireEvent.change(await scriptField(), { target: { value: "one two ".repeat(150) + "😀" } });
  expect(await screen.findByText("1,201 characters of 50,000")).toBeVisible();
  expect(screen.getByText("300 words")).toBeVisible();
  expect(screen.getByText("about 2:00 spoken")).toBeVisible();
});

test("a dropped text file becomes the script, and one that is none is refused by name", async () => {
  standInStudio();
  openCreate("/new/text_to_speech");
  const file = new File(["From a file."], "lesson.md", { type: "" });
  fireEvent.drop(await scriptField(), { dataTransfer: { files: [file] } });
  await waitFor(async () => expect(await scriptField()).toHaveValue("From a file."));
  fireEvent.drop(await scriptField(), {
    dataTransfer: { files: [new File(["\0"], "song.mp3", { type: "audio/mpeg" })] },
  });
  expect(await screen.findByText("song.mp3 is no text file. Choose a .txt or .md file.")).toBeVisible();
  expect(await scriptField()).toHaveValue("From a file.");
});

test("a voice is found by its language, chosen, and brings its engine", async () => {
  const orders = standInStudio();
  const { person } = openCreate("/new/text_to_speech");
  await person.type(await scriptField(), "Olá.");
  await person.selectOptions(await screen.findByRole("combobox", { name: "Language" }), "Portuguese (1)");
  await person.click(screen.getByRole("radio", { name: /Portuguese \(Brazil\)/ }));
  await person.click(startButton());
  await screen.findByText(STARTED);
  expect(orders[0]?.body.params).toMatchObject({ voice: "pt-br", engine: "espeak" });
});

test("a search that no voice fits can be left again", async () => {
  standInStudio();
  const { person } = openCreate("/new/text_to_speech");
  await person.type(await screen.findByRole("searchbox", { name: "Search voices" }), "zzz");
  await person.click(screen.getByRole("button", { name: "Show all voices" }));
  expect(screen.getByRole("radio", { name: /Slt, a woman's voice/ })).toBeVisible();
  expect(screen.getByRole("radio", { name: /Portuguese \(Brazil\)/ })).toBeVisible();
});

test("time and cost are those that the studio expects", async () => {
  standInStudio();
  const { person } = openCreate("/new/text_to_speech");
  await person.type(await scriptField(), "Hello.");
  expect(await screen.findByText("about 2 minutes on this machine")).toBeVisible();
  expect(screen.getByText("learned from 4 jobs here")).toBeVisible();
  expect(screen.getByText("free: made on this machine")).toBeVisible();
});

test("where too few like it ran, no time is made up", async () => {
  standInStudio();
  server.use(
    http.post("*/api/jobs/estimate", () =>
      HttpResponse.json({ seconds: null, seconds_by_stage: {}, cost: null, sample_jobs: 0 }),
    ),
  );
  const { person } = openCreate("/new/text_to_speech");
  expect(await screen.findByText("Known when everything needed is filled in.")).toBeVisible();
  await person.type(await scriptField(), "Hello.");
  expect(await screen.findByText("No estimate yet: too few like it ran here.")).toBeVisible();
  expect(screen.getByText("not known: a paid service is used")).toBeVisible();
});

test("an engine that is missing says what to type", async () => {
  standInStudio({
    engines: [
      makeEngine(),
      makeEngine({
        kind: "model",
        capability: "avatar",
        title: "Model",
        ready: false,
        reason: "Its weights are not here.",
        remedy: "soundstage get model",
      }),
    ],
  });
  openCreate("/new/full_pipeline");
  const panel = await screen.findByRole("heading", { name: "Before it starts" });
  const beside = within(panel.closest("section") ?? document.body);
  expect(await beside.findByText("Its weights are not here.")).toBeVisible();
  expect(beside.getByRole("textbox", { name: "What to type for Model" })).toHaveValue("soundstage get model");
});

test("where no engine writes scripts, the button says so", async () => {
  standInStudio();
  const { person } = openCreate("/new/text_to_speech");
  await person.click(await screen.findByRole("button", { name: "Write it for me" }));
  expect(await screen.findByText("No engine that writes scripts is installed on this Soundstage.")).toBeVisible();
});
