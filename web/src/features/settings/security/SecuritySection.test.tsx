import { screen, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test, vi } from "vitest";

import type { components } from "@/generated/schema";
import { notices } from "@/lib/notices";
import { currentSession } from "@/lib/session";
import { refuse } from "@/testing/accounts";
import { show } from "@/testing/render";
import { server } from "@/testing/server";

import { SecuritySection } from "./SecuritySection";

type LoginSession = components["schemas"]["SessionOut"];

const FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:141.0) Gecko/20100101 Firefox/141.0";
let sessions: LoginSession[];

function makeSession(change: Partial<LoginSession>): LoginSession {
  return {
    id: "ses_1",
    is_current: true,
    is_remembered: false,
    user_agent: FIREFOX,
    address: "127.0.0.1",
    created_at: "2026-05-01T10:00:00Z",
    last_used_at: "2026-05-01T10:00:00Z",
    expires_at: "2030-01-01T00:00:00Z",
    ...change,
  };
}

beforeEach(() => {
  notices.set([]);
  sessions = [makeSession({}), makeSession({ id: "ses_2", is_current: false, user_agent: "curl/8.5" })];
  server.use(http.get("*/api/auth/sessions", () => HttpResponse.json({ sessions })));
});

async function changePassword(person: ReturnType<typeof show>["person"]) {
  await person.type(screen.getByLabelText("Present password"), "four words");
  await person.type(screen.getByLabelText("New password"), "another four words");
  await person.click(screen.getByRole("button", { name: "Change the password" }));
}

test("a changed password is confirmed, and the fields are empty again", async () => {
  const sent = vi.fn();
  server.use(
    http.post("*/api/auth/password", async ({ request }) => {
      sent(await request.json());
      return new HttpResponse(null, { status: 204 });
    }),
  );
  const { person } = show(<SecuritySection />);
  await changePassword(person);
  await vi.waitFor(() => expect(notices.get()[0]?.text).toBe("The password is changed"));
  expect(sent).toHaveBeenCalledWith({ old_password: "four words", new_password: "another four words" });
  expect(screen.getByLabelText("Present password")).toHaveValue("");
});

test("a wrong present password is refused at its field, and nobody is signed out", async () => {
  server.use(http.post("*/api/auth/password", () => refuse(403, { code: "wrong_password", detail: "It is another." })));
  const { person } = show(<SecuritySection />);
  await changePassword(person);
  expect(await screen.findByText("It is another.")).toBeVisible();
  expect(screen.getByLabelText("Present password")).toBeInvalid();
  expect(currentSession().state).toBe("signed-in");
});

test("another session can be ended, this one is named", async () => {
  server.use(
    http.delete("*/api/auth/sessions/ses_2", () => {
      sessions = sessions.slice(0, 1);
      return new HttpResponse(null, { status: 204 });
    }),
  );
  const { person } = show(<SecuritySection />);
  const list = await screen.findByRole("list", { name: "Sessions" });
  const [own] = within(list).getAllByRole("listitem");
  expect(own).toHaveTextContent("Firefox on Linux");
  expect(own).toHaveTextContent("This one");
  await person.click(screen.getByRole("button", { name: "End the session of curl/8.5" }));
  await vi.waitFor(() => expect(within(list).getAllByRole("listitem")).toHaveLength(1));
});

test("to delete the account the password is asked for", async () => {
  server.use(
    http.post("*/api/auth/leave", async ({ request }) =>
      ((await request.json()) as { password: string }).password === "four words"
        ? new HttpResponse(null, { status: 204 })
        : refuse(403, { code: "wrong_password", detail: "It is another." }),
    ),
  );
  const { person } = show(<SecuritySection />);
  await person.click(screen.getByRole("button", { name: "Delete the account" }));
  const dialog = within(screen.getByRole("dialog"));
  await person.type(dialog.getByLabelText("Your password"), "wrong");
  await person.click(dialog.getByRole("button", { name: "Delete everything" }));
  expect(await dialog.findByText("It is another.")).toBeVisible();
  await person.clear(dialog.getByLabelText("Your password"));
  await person.type(dialog.getByLabelText("Your password"), "four words");
  await person.click(dialog.getByRole("button", { name: "Delete everything" }));
  await vi.waitFor(() => expect(currentSession().state).toBe("signed-out"));
});
