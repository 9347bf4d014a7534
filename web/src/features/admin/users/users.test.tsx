import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test } from "vitest";

import { NoticeStack } from "@/components/ui/NoticeStack";
import { notices } from "@/lib/notices";
import type { User } from "@/lib/session";
import { ANN, show } from "@/testing/render";
import { server } from "@/testing/server";

import { UsersSection } from "./UsersSection";

const BEN: User = {
  ...ANN,
  id: "user_2",
  username: "ben",
  display_name: "<img onerror=alert(1)>",
  email: "ben@example.com",
  role: "user",
};
let users: User[];
let asked: string[];
let changes: unknown[];

beforeEach(() => {
  notices.set([]);
  [users, asked, changes] = [[BEN, ANN], [], []];
  server.use(
    http.get("*/api/admin/users", ({ request }) => {
      asked.push(new URL(request.url).searchParams.toString());
      return HttpResponse.json({ users, next: null });
    }),
    http.patch("*/api/admin/users/user_2", async ({ request }) => {
      const change = (await request.json()) as Partial<User>;
      changes.push(change);
      users = users.map((user) => (user.id === BEN.id ? { ...user, ...change } : user));
      return HttpResponse.json(users[0]);
    }),
  );
});

function open(at = "/") {
  return show(
    <>
      <UsersSection />
      <NoticeStack />
    </>,
    { at },
  );
}

async function openMenu(person: ReturnType<typeof open>["person"], name: string) {
  await person.click(await screen.findByRole("button", { name: `What can be done with ${name}` }));
}

test("names are shown as text, whatever they hold", async () => {
  open();
  expect(await screen.findByText("<img onerror=alert(1)>")).toBeInTheDocument();
  expect(document.querySelector("img")).toBeNull();
});

test("the filters go to the server and into the address", async () => {
  const { person } = open("/?role=admin&state=disabled");
  await waitFor(() => expect(asked).toEqual(["role=admin&is_disabled=true&limit=50"]));
  expect(screen.getByLabelText("Role")).toHaveValue("admin");
  await person.selectOptions(screen.getByLabelText("Plan"), "pro");
  await person.type(screen.getByLabelText("Search"), "ben");
  await waitFor(() => expect(asked.at(-1)).toBe("text=ben&role=admin&plan=pro&is_disabled=true&limit=50"));
});

test("a change happens at once and can be taken back", async () => {
  const { person } = open();
  await openMenu(person, BEN.display_name);
  await person.click(screen.getByRole("menuitem", { name: "Disable" }));
  expect(await screen.findByText(/is disabled and signed out everywhere/)).toBeInTheDocument();
  expect(screen.getByText("Disabled", { selector: "span" })).toBeInTheDocument();
  await person.click(screen.getByRole("button", { name: "Undo" }));
  await waitFor(() => expect(changes).toEqual([{ is_disabled: true }, { is_disabled: false }]));
  await waitFor(() => expect(screen.queryByText("Disabled", { selector: "span" })).not.toBeInTheDocument());
});

test("what the server refuses is told with its reason", async () => {
  server.use(
    http.patch("*/api/admin/users/user_2", () =>
      HttpResponse.json({ code: "last_administrator", detail: "There must be an administrator." }, { status: 409 }),
    ),
  );
  const { person } = open();
  await openMenu(person, BEN.display_name);
  await person.click(screen.getByRole("menuitem", { name: "Make an administrator" }));
  expect(await screen.findByText("There must be an administrator.")).toBeInTheDocument();
});

test("nobody locks themselves out by accident", async () => {
  const { person } = open();
  await openMenu(person, "Ann");
  expect(screen.getAllByRole("menuitem")).toHaveLength(1);
  expect(screen.queryByRole("menuitem", { name: "Delete…" })).not.toBeInTheDocument();
});

test("deleting says what goes along, and wants the user name first", async () => {
  const deleted: string[] = [];
  server.use(
    http.delete("*/api/admin/users/:id", ({ params }) => {
      deleted.push(String(params.id));
      users = [ANN];
      return new HttpResponse(null, { status: 204 });
    }),
  );
  const { person } = open();
  await openMenu(person, BEN.display_name);
  await person.click(screen.getByRole("menuitem", { name: "Delete…" }));
  const dialog = within(screen.getByRole("dialog", { name: `Delete ${BEN.display_name}?` }));
  expect(dialog.getByText(/all jobs with their results/)).toBeInTheDocument();
  expect(dialog.getByText(/all files of the library/)).toBeInTheDocument();
  await person.type(dialog.getByLabelText(/Type the user name ben/), "bob");
  await person.click(dialog.getByRole("button", { name: "Delete the account" }));
  expect(dialog.getByRole("alert")).toHaveTextContent("This is not the user name.");
  expect(deleted).toEqual([]);
  await person.clear(dialog.getByLabelText(/Type the user name ben/));
  await person.type(dialog.getByLabelText(/Type the user name ben/), "ben{Enter}");
  await waitFor(() => expect(deleted).toEqual(["user_2"]));
  await waitFor(() => expect(screen.queryByText("ben@example.com", { exact: false })).not.toBeInTheDocument());
  expect(screen.queryByRole("dialog")).not.toBeInTheDocument();
});

test("a refused account shows the error at its field and keeps what was written", async () => {
  server.use(
    http.post("*/api/admin/users", () =>
      HttpResponse.json({ code: "weak_password", detail: "It is easily guessed." }, { status: 422 }),
    ),
  );
  const { person } = open();
  await person.click(screen.getByRole("button", { name: "New user" }));
  const dialog = within(screen.getByRole("dialog", { name: "New user" }));
  await person.type(dialog.getByLabelText("E-mail address"), "cas@example.com");
  await person.type(dialog.getByLabelText("User name"), "cas");
  await person.type(dialog.getByLabelText("Password"), "password12");
  await person.click(dialog.getByRole("button", { name: "Create the account" }));
  expect(await dialog.findByText("It is easily guessed.")).toBeInTheDocument();
  expect(dialog.getByLabelText("Password")).toHaveAttribute("aria-invalid", "true");
  expect(dialog.getByLabelText("User name")).toHaveValue("cas");
});
