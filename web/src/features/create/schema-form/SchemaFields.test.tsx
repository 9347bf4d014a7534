import { screen } from "@testing-library/react";
import { expect, test } from "vitest";

import { CHOSEN, openCreate, STARTED, startButton } from "@/testing/create-form";
import { makePipeline } from "@/testing/pipelines";
import { standInStudio } from "@/testing/studio";

/** The shapes that pydantic gives to the parameters of a pipeline that somebody else wrote. */
const ANY_PIPELINE = makePipeline({
  kind: "remix",
  title: "Remix",
  params: {
    type: "object",
    additionalProperties: false,
    required: ["source", "title"],
    $defs: {
      Fade: {
        type: "object",
        title: "Fade",
        required: ["seconds"],
        properties: { seconds: { type: "number", minimum: 0, maximum: 10, title: "Seconds" } },
      },
    },
    properties: {
      source: {
        type: "string",
        format: "soundstage-file",
        accept: ["audio"],
        pattern: "^(sha256:[0-9a-f]{64}|asset:asset_[0-9a-z]{26})$",
        title: "Source",
      },
      title: { type: "string", minLength: 1, maxLength: 80, title: "Title", description: "As it is shown" },
      notes: { type: "string", maxLength: 5000, default: "", title: "Notes" },
      gain: { anyOf: [{ type: "integer", maximum: 12 }, { type: "null" }], default: null, title: "Gain" },
      loud: { type: "boolean", default: false, title: "Loud" },
      style: { type: "string", enum: ["dry", "wet"], default: "dry", title: "Style" },
      parts: { type: "array", items: { type: "string", enum: ["vocals", "drums"] }, uniqueItems: true, title: "Parts" },
      tags: { type: "array", items: { type: "string", minLength: 1 }, maxItems: 3, default: [], title: "Tags" },
      fade_in: { $ref: "#/$defs/Fade" },
      fade_out: { anyOf: [{ $ref: "#/$defs/Fade" }, { type: "null" }], default: null },
    },
  },
});

async function open() {
  const orders = standInStudio({ pipelines: [ANY_PIPELINE] });
  const { person } = openCreate("/new/remix");
  await screen.findByRole("textbox", { name: /^Title/ }, { timeout: 10_000 });
  return { orders, person };
}

test("a form from a schema sends each kind of value as the pipeline wants it", async () => {
  const { orders, person } = await open();
  await person.click(screen.getByRole("button", { name: "Choose audio: Source" }));
  await person.type(screen.getByRole("textbox", { name: /^Title/ }), "Night");
  await person.type(screen.getByRole("textbox", { name: "Notes" }), "Slow.");
  await person.type(screen.getByRole("spinbutton", { name: "Gain" }), "-3");
  await person.click(screen.getByRole("checkbox", { name: "Loud" }));
  await person.selectOptions(screen.getByRole("combobox", { name: "Style" }), "wet");
  await person.click(screen.getByRole("checkbox", { name: "drums" }));
  await person.click(screen.getByRole("button", { name: "Add: Tags" }));
  await person.type(screen.getByRole("textbox", { name: /Tags-1|Tags/ }), "jazz");
  await person.type(screen.getByRole("spinbutton", { name: /^Seconds/ }), "1.5");
  await person.click(startButton());
  await screen.findByText(STARTED);
  expect(orders[0]?.body.params).toEqual({
    source: `asset:${CHOSEN}`,
    title: "Night",
    notes: "Slow.",
    gain: -3,
    loud: true,
    style: "wet",
    parts: ["drums"],
    tags: ["jazz"],
    fade_in: { seconds: 1.5 },
  });
});

test("something that may be left out is filled in when it is wanted", async () => {
  const { orders, person } = await open();
  await person.click(screen.getByRole("button", { name: "Choose audio: Source" }));
  await person.type(screen.getByRole("textbox", { name: /^Title/ }), "Night");
  await person.selectOptions(screen.getByRole("combobox", { name: "Fade out" }), "Fade");
  const [, out] = screen.getAllByRole("spinbutton", { name: /^Seconds/ });
  if (out === undefined) throw new Error("The fields of the fade are not there.");
  expect(screen.getByRole("group", { name: "Fade in" })).toBeVisible();
  await person.type(out, "2");
  await person.click(startButton());
  await screen.findByText(STARTED);
  expect(orders[0]?.body.params).toMatchObject({ fade_out: { seconds: 2 } });
});

test("wrong values inside of lists and objects are said where they are", async () => {
  const { orders, person } = await open();
  await person.click(screen.getByRole("button", { name: "Choose audio: Source" }));
  await person.type(screen.getByRole("textbox", { name: /^Title/ }), "Night");
  const seconds = screen.getByRole("spinbutton", { name: /^Seconds/ });
  await person.type(seconds, "11");
  await person.click(startButton());
  expect(await screen.findByText("At most 10.")).toBeVisible();
  expect(seconds).toHaveFocus();
  expect(seconds).toHaveAccessibleDescription("At most 10.");
  expect(orders).toEqual([]);
});

test("what is needed is said to be", async () => {
  const { person } = await open();
  expect(screen.getByRole("textbox", { name: "Title · needed" })).toHaveAccessibleDescription("As it is shown");
  await person.click(startButton());
  expect(screen.getAllByText("This is needed.")).toHaveLength(2);
});
