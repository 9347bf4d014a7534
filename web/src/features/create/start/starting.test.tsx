import { act, fireEvent, screen } from "@testing-library/react";
import { HttpResponse } from "msw";
import { expect, test } from "vitest";

import { openCreate, scriptField, STARTED, startButton } from "@/testing/create-form";
import { makeJob } from "@/testing/jobs";
import { standInStudio } from "@/testing/studio";

test("what is missing is said at its field, and the first such field gets the focus", async () => {
  const orders = standInStudio();
  const { person } = openCreate("/new/full_pipeline");
  await scriptField();
  await person.click(startButton());
  expect(screen.getAllByText("This is needed.")).toHaveLength(2);
  expect(screen.getByText("2 fields need a look. Nothing was started.")).toBeVisible();
  expect(screen.getByRole("button", { name: "Choose portrait: Who speaks" })).toHaveFocus();
  await person.click(screen.getByRole("button", { name: "Choose portrait: Who speaks" }));
  expect(screen.getAllByText("This is needed.")).toHaveLength(1);
  expect(orders).toEqual([]);
});

test("what the server finds wrong with a field is said at that field", async () => {
  standInStudio({
    answer: () =>
      HttpResponse.json(
        {
          status: 422,
          code: "bad_parameters",
          detail: "text: x",
          errors: [{ path: "text", message: "Only numbers." }],
        },
        { status: 422 },
      ),
  });
  const { person } = openCreate("/new/text_to_speech");
  await person.type(await scriptField(), "123");
  await person.click(startButton());
  expect(await screen.findByText("Only numbers.")).toBeVisible();
  expect(await scriptField()).toHaveFocus();
  expect(await scriptField()).toHaveAccessibleDescription("Only numbers.");
});

test("a double click makes one order", async () => {
  const orders = standInStudio();
  openCreate("/new/text_to_speech");
  fireEvent.change(await scriptField(), { target: { value: "Good morning." } });
  act(() => {
    startButton().click();
    startButton().click(); // before the page could show that it is busy
  });
  await screen.findByText(STARTED);
  expect(orders).toHaveLength(1);
});

test("after a break of the network the text is still there, and the next try has the same key", async () => {
  const orders = standInStudio({
    answer: (_, count) =>
      count === 1 ? HttpResponse.error() : HttpResponse.json(makeJob({ id: "job_2" }), { status: 202 }),
  });
  const { person } = openCreate("/new/text_to_speech");
  await person.type(await scriptField(), "Good morning.");
  await person.click(startButton());
  expect(await screen.findByText("Soundstage does not answer.")).toBeVisible();
  expect(screen.getByText(/Everything you typed is still here/)).toBeVisible();
  expect(await scriptField()).toHaveValue("Good morning.");
  await person.click(startButton());
  await screen.findByText(STARTED);
  expect(orders).toHaveLength(2);
  expect(orders[0]?.key).toMatch(/^[0-9a-f]{32}$/);
  expect(orders[1]?.key).toBe(orders[0]?.key);
});

test("other words after a break are another order", async () => {
  const orders = standInStudio({
    answer: (_, count) =>
      count === 1 ? HttpResponse.error() : HttpResponse.json(makeJob({ id: "job_2" }), { status: 202 }),
  });
  const { person } = openCreate("/new/text_to_speech");
  await person.type(await scriptField(), "Good morning.");
  await person.click(startButton());
  await screen.findByText("Soundstage does not answer.");
  await person.type(await scriptField(), " And good night.");
  await person.click(startButton());
  await screen.findByText(STARTED);
  expect(orders[1]?.key).not.toBe(orders[0]?.key);
});

test("a limit says what it is and when to try again", async () => {
  standInStudio({
    answer: () =>
      HttpResponse.json(
        { status: 429, code: "limit_reached", detail: "You have 5 jobs under way, as many as your plan allows." },
        { status: 429, headers: { "retry-after": "120" } },
      ),
  });
  const { person } = openCreate("/new/text_to_speech");
  await person.type(await scriptField(), "Hello.");
  await person.click(startButton());
  expect(await screen.findByText("You have 5 jobs under way, as many as your plan allows.")).toBeVisible();
  expect(screen.getByText(/It can be tried again in about 2 minutes/)).toBeVisible();
});
