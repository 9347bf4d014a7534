import { screen, waitFor } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test, vi } from "vitest";

import { makeJob, makeStage } from "@/testing/jobs";
import { show } from "@/testing/render";
import { server } from "@/testing/server";

import { fieldsOf } from "./fields";
import { RetryDialog } from "./RetryDialog";

const SCHEMA = {
  $defs: { Pace: { enum: ["slow", "fast"], type: "string", title: "Pace" } },
  properties: {
    text: { type: "string", title: "Text", maxLength: 5000 },
    voice: { type: "string", title: "Voice", maxLength: 100 },
    rate: { type: "number", title: "Rate", minimum: 0.5, maximum: 2 },
    pace: { $ref: "#/$defs/Pace" },
    loud: { type: "boolean", title: "Loud" },
    seed: { anyOf: [{ type: "integer" }, { type: "null" }], title: "Seed" },
    portrait: { type: "string", format: "soundstage-file", title: "Portrait" },
    tags: { type: "array", items: { type: "string" }, title: "Tags" },
  },
};
const JOB = makeJob({
  state: "failed",
  params: { text: "Hello", voice: "slt", rate: 1, pace: "fast", loud: false, seed: 4, portrait: "sha256:1", tags: [] },
  stages: [makeStage({ key: "SPEECH", label: "Speaking", state: "failed" })],
});

function showDialog(answer: () => Response) {
  const sent: unknown[] = [];
  server.use(
    http.get("*/api/pipelines", () =>
      HttpResponse.json({
        pipelines: [{ kind: JOB.pipeline, title: "Speech", description: "", version: 1, stages: [], params: SCHEMA }],
      }),
    ),
    http.post("*/api/jobs/:job/retry", async ({ request }) => {
      sent.push(await request.json());
      return answer();
    }),
  );
  const onClose = vi.fn();
  return { sent, onClose, ...show(<RetryDialog job={JOB} stage="SPEECH" onClose={onClose} />) };
}

test("each kind of parameter has its control, and files and lists have none", () => {
  expect(Object.fromEntries(fieldsOf(SCHEMA).map(({ name, kind }) => [name, kind]))).toEqual({
    text: "long",
    voice: "text",
    rate: "number",
    pace: "choice",
    loud: "switch",
    seed: "integer",
  });
});

test("only what was changed is sent, as a value of its kind", async () => {
  const { sent, onClose, person } = showDialog(() => HttpResponse.json({ ...JOB, state: "queued" }));
  await person.clear(await screen.findByRole("spinbutton", { name: "Rate" }));
  await person.type(screen.getByRole("spinbutton", { name: "Rate" }), "1.2");
  await person.selectOptions(screen.getByRole("combobox", { name: "Pace" }), "slow");
  await person.click(screen.getByRole("checkbox", { name: "Loud" }));
  await person.clear(screen.getByRole("spinbutton", { name: "Seed" }));
  await person.click(screen.getByRole("button", { name: "Retry" }));
  await waitFor(() => expect(onClose).toHaveBeenCalled());
  expect(sent).toEqual([{ from: "SPEECH", params: { rate: 1.2, pace: "slow", loud: true, seed: null } }]);
});

test("what the server says of a field stands at the field", async () => {
  const errors = [{ path: "voice", message: "There is no such voice." }];
  const { onClose, person } = showDialog(() =>
    HttpResponse.json({ code: "bad_parameters", detail: "Bad.", title: "", status: 422, errors }, { status: 422 }),
  );
  await person.type(await screen.findByRole("textbox", { name: "Voice" }), "x");
  await person.click(screen.getByRole("button", { name: "Retry" }));
  expect(await screen.findByText("There is no such voice.")).toBeVisible();
  expect(screen.getByRole("textbox", { name: "Voice" })).toBeInvalid();
  expect(onClose).not.toHaveBeenCalled();
});
