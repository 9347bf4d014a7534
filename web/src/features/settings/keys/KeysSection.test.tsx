import { screen } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test, vi } from "vitest";

import type { ApiKey } from "./keys";
import { ANN, show } from "@/testing/render";
import { server } from "@/testing/server";

import { KeysSection } from "./KeysSection";

const KEY: ApiKey = {
  id: "key_1",
  name: "build server",
  hint: "sk_abcd",
  scopes: ["jobs:read"],
  created_at: "2026-05-01T10:00:00Z",
  last_used_at: null,
  expires_at: null,
};
let keys: ApiKey[];
const sent = vi.fn();

beforeEach(() => {
  keys = [];
  server.use(
    http.get("*/api/auth/keys", () => HttpResponse.json({ keys })),
    http.post("*/api/auth/keys", async ({ request }) => {
      sent(await request.json());
      keys = [KEY];
      return HttpResponse.json({ ...KEY, key: "sk_abcd_secret" }, { status: 201 });
    }),
  );
});

test("a key is shown once, when it is made", async () => {
  const { person } = show(<KeysSection />);
  expect(await screen.findByText("No keys yet")).toBeVisible();
  await person.click(screen.getByRole("button", { name: "Make a key" }));
  await person.type(screen.getByLabelText("What it is for"), "build server");
  await person.click(screen.getByLabelText("Upload and delete files"));
  await person.selectOptions(screen.getByLabelText("Good for"), "30 days");
  await person.click(screen.getByRole("button", { name: "Make the key" }));
  expect(await screen.findByRole("textbox", { name: "Your key" })).toHaveValue("sk_abcd_secret");
  expect(sent).toHaveBeenCalledWith({
    name: "build server",
    scopes: ["jobs:read", "jobs:write", "assets:read"],
    expires_in_days: 30,
  });

  await person.click(screen.getByRole("button", { name: "Done" }));
  expect(await screen.findByText("build server")).toBeVisible();
  expect(document.body.innerHTML).not.toContain("sk_abcd_secret");
  await person.click(screen.getByRole("button", { name: "Make a key" }));
  expect(screen.queryByRole("textbox", { name: "Your key" })).not.toBeInTheDocument();
});

test("a key without anything that it may do is not made", async () => {
  const { person } = show(<KeysSection />);
  await person.click(await screen.findByRole("button", { name: "Make a key" }));
  await person.type(screen.getByLabelText("What it is for"), "nothing");
  for (const box of screen.getAllByRole("checkbox", { checked: true })) await person.click(box);
  sent.mockClear();
  await person.click(screen.getByRole("button", { name: "Make the key" }));
  expect(screen.getByRole("alert")).toHaveTextContent("Choose at least one.");
  expect(sent).not.toHaveBeenCalled();
});

test("only an administrator can give a key their power", async () => {
  const { person } = show(<KeysSection />, { user: { ...ANN, role: "user" } });
  await person.click(await screen.findByRole("button", { name: "Make a key" }));
  expect(screen.queryByLabelText("Administer the studio")).not.toBeInTheDocument();
});

test("a key is deleted after one question", async () => {
  keys = [KEY];
  server.use(
    http.delete("*/api/auth/keys/key_1", () => {
      keys = [];
      return new HttpResponse(null, { status: 204 });
    }),
  );
  const { person } = show(<KeysSection />);
  await person.click(await screen.findByRole("button", { name: "Delete the key build server" }));
  await person.click(screen.getByRole("button", { name: "Delete" }));
  expect(await screen.findByText("No keys yet")).toBeVisible();
});
