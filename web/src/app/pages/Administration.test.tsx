import { screen } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";

import type { User } from "@/lib/session";
import { makeQueue } from "@/testing/admin";
import { ANN, show } from "@/testing/render";
import { server } from "@/testing/server";

import { Administration } from "./Administration";

const BEN: User = { ...ANN, id: "user_2", role: "user" };

function open(at: string, user: User) {
  server.use(
    http.get("*/api/admin/queues", () => HttpResponse.json({ queues: [makeQueue()] })),
    http.get("*/api/admin/workers", () => HttpResponse.json({ workers: [] })),
  );
  return show(<Administration />, { path: "/admin/:section?", at, user });
}

test.each(["/admin", "/admin/users"])("to those who are no administrators there is nothing at %s", (at) => {
  open(at, BEN);
  expect(screen.getByRole("heading", { name: "There is nothing at this address." })).toBeInTheDocument();
  expect(screen.queryByRole("navigation")).not.toBeInTheDocument();
});

test("a section that there is not is not found", () => {
  open("/admin/secrets", ANN);
  expect(screen.getByRole("heading", { name: "There is nothing at this address." })).toBeInTheDocument();
});

test("an administrator begins at the workers", async () => {
  open("/admin", ANN);
  expect(await screen.findByText("No worker runs.")).toBeInTheDocument();
  expect(screen.getByRole("link", { name: "Workers" })).toHaveAttribute("aria-current", "page");
});
