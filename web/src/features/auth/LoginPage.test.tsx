import { act, screen } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test, vi } from "vitest";

import { currentSession, endSession } from "@/lib/session";
import { refuse, SIGNED_IN } from "@/testing/accounts";
import { show } from "@/testing/render";
import { server } from "@/testing/server";

import { LoginPage } from "./LoginPage";

const LOGIN = "*/api/auth/login";

async function tryToSignIn({ person } = show(<LoginPage />, { user: null })) {
  await person.type(screen.getByLabelText("E-mail address or user name"), "ann");
  await person.type(screen.getByLabelText("Password"), "four words");
  await person.click(screen.getByRole("button", { name: "Sign in" }));
}

test("who knows the password is signed in, by a cookie that no script can read", async () => {
  const sent = vi.fn();
  server.use(
    http.post(LOGIN, async ({ request }) => {
      sent(await request.json());
      return HttpResponse.json(SIGNED_IN);
    }),
  );
  await tryToSignIn();
  await vi.waitFor(() => expect(currentSession().state).toBe("signed-in"));
  expect(sent).toHaveBeenCalledWith({ login: "ann", password: "four words", remember: false, cookie: true });
});

test("a wrong password is refused in words, and what was typed stays", async () => {
  server.use(
    http.post(LOGIN, () => refuse(401, { code: "wrong_credentials", detail: "They do not belong together." })),
  );
  await tryToSignIn();
  expect(await screen.findByRole("alert")).toHaveTextContent("They do not belong together.");
  expect(screen.getByLabelText("E-mail address or user name")).toHaveValue("ann");
  expect(screen.getByRole("button", { name: "Sign in" })).toBeEnabled();
});

test("a lock-out counts down, and lets one try again at its end", async () => {
  vi.useFakeTimers({ toFake: ["Date", "setInterval", "clearInterval"] });
  try {
    server.use(
      http.post(LOGIN, () => refuse(429, { code: "too_many_requests", detail: "Too many." }, { "retry-after": "30" })),
    );
    await tryToSignIn();
    expect(await screen.findByRole("button", { name: "Wait 30 seconds" })).toBeDisabled();
    await vi.advanceTimersByTimeAsync(29_000);
    expect(await screen.findByRole("button", { name: "Wait 1 second" })).toBeDisabled();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await screen.findByRole("button", { name: "Sign in" })).toBeEnabled();
  } finally {
    vi.useRealTimers();
  }
});

test("a server that is away is named, and nothing is lost", async () => {
  server.use(http.post(LOGIN, () => HttpResponse.error()));
  await tryToSignIn();
  expect(await screen.findByRole("alert")).toHaveTextContent("Soundstage does not answer.");
});

test("who was signed out hears why, and that the work is safe", () => {
  show(<LoginPage />, { user: null });
  expect(screen.queryByText("Your session has ended.")).not.toBeInTheDocument();
  act(() => endSession("ended"));
  expect(screen.getByText("Your session has ended.")).toBeVisible();
  expect(screen.getByText(/Your work is safe/)).toBeVisible();
});

test("a password can be looked at and hidden again", async () => {
  const { person } = show(<LoginPage />, { user: null });
  await person.click(screen.getByRole("button", { name: "Show the password" }));
  expect(screen.getByLabelText("Password")).toHaveAttribute("type", "text");
  await person.click(screen.getByRole("button", { name: "Hide the password" }));
  expect(screen.getByLabelText("Password")).toHaveAttribute("type", "password");
});
