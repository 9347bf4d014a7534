import { screen } from "@testing-library/react";
import type { UserEvent } from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { expect, test, vi } from "vitest";

import { currentSession } from "@/lib/session";
import { refuse, SIGNED_IN } from "@/testing/accounts";
import { show } from "@/testing/render";
import { server } from "@/testing/server";

import { RegisterPage } from "./RegisterPage";
import { SetUpPage } from "./SetUpPage";

const AT_LINK = { user: null, at: "/setup#token=setup_abc", path: "/setup" };

async function fillIn(person: UserEvent, button: string) {
  await person.type(screen.getByLabelText("E-mail address"), "ann@example.com");
  await person.type(screen.getByLabelText("User name"), "ann");
  await person.type(screen.getByLabelText("Password"), "four words drawn");
  await person.click(screen.getByRole("button", { name: button }));
}

test("the link makes the first account, and signs in with it", async () => {
  const sent: unknown[] = [];
  server.use(
    http.post("*/api/auth/setup", async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json({ ...SIGNED_IN, refresh_token: "rt_1" }, { status: 201 });
    }),
    http.post("*/api/auth/logout", () => new HttpResponse(null, { status: 204 })),
    http.post("*/api/auth/login", async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json(SIGNED_IN);
    }),
  );
  const { person } = show(<SetUpPage />, AT_LINK);
  await fillIn(person, "Make the account");
  await vi.waitFor(() => expect(currentSession().state).toBe("signed-in"));
  expect(sent).toMatchObject([
    { token: "setup_abc", username: "ann", email: "ann@example.com", language: "en" },
    { login: "ann", password: "four words drawn", cookie: true },
  ]);
});

test("a password that could be guessed is refused at its field, and the rest stays written", async () => {
  server.use(
    http.post("*/api/auth/setup", () =>
      refuse(422, { code: "weak_password", detail: "Among the first that are tried.", hint: "Take several words." }),
    ),
  );
  const { person } = show(<SetUpPage />, AT_LINK);
  await fillIn(person, "Make the account");
  expect(await screen.findByText("Among the first that are tried. Take several words.")).toBeVisible();
  expect(screen.getByLabelText("Password")).toBeInvalid();
  expect(screen.getByLabelText("E-mail address")).toHaveValue("ann@example.com");
});

test("without its token the link says what is missing", () => {
  show(<SetUpPage />, { user: null, at: "/setup", path: "/setup" });
  expect(screen.getByRole("alert")).toHaveTextContent("Open the whole link");
  expect(screen.queryByLabelText("Password")).not.toBeInTheDocument();
});

test("a used link leads to the login", async () => {
  server.use(http.post("*/api/auth/setup", () => refuse(409, { code: "conflict", detail: "There is one already." })));
  const { person } = show(<SetUpPage />, AT_LINK);
  await fillIn(person, "Make the account");
  expect(await screen.findByRole("heading", { name: "The studio is set up already" })).toBeVisible();
  expect(screen.getByRole("link", { name: "Sign in" })).toHaveAttribute("href", "/login");
});

test("where registration is closed, one hears whom to ask", async () => {
  server.use(http.post("*/api/auth/register", () => refuse(403, { code: "registration_closed", detail: "Closed." })));
  const { person } = show(<RegisterPage />, { user: null });
  await fillIn(person, "Make an account");
  expect(await screen.findByRole("alert")).toHaveTextContent("Ask an administrator");
  expect(screen.queryByLabelText("Password")).not.toBeInTheDocument();
});
