import { render, screen } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { createMemoryRouter, RouterProvider } from "react-router";
import { expect, test } from "vitest";

import { endSession } from "@/lib/session";
import { signIn } from "@/testing/render";
import { server } from "@/testing/server";

import { ForVisitors } from "./Doors";

function arriveAt(address: string) {
  const router = createMemoryRouter(
    [
      {
        Component: ForVisitors,
        children: [
          { path: "login", element: <p>login</p> },
          { path: "register", element: <p>register</p> },
        ],
      },
      { path: "*", element: <p>inside</p> },
    ],
    { initialEntries: [address] },
  );
  render(<RouterProvider router={router} />);
  return router;
}

test("while nobody is signed in, the login is shown", () => {
  server.use(http.post("*/api/auth/refresh", () => new HttpResponse(null, { status: 401 })));
  endSession("none");
  arriveAt("/login");
  expect(screen.getByText("login")).toBeVisible();
});

test("who is signed in goes on to where they wanted", () => {
  signIn();
  expect(arriveAt("/login?to=%2Fjobs%2Fjob_1%3Fstage%3DA").state.location).toMatchObject({
    pathname: "/jobs/job_1",
    search: "?stage=A",
  });
});

test.each([
  "//evil.example",
  "https://evil.example",
  "/\\evil.example",
  "javascript:alert(1)",
  "\\\\evil",
  "/\t/evil.example",
  "//",
  "",
])("a wish for %s does not lead away from the studio", (wish) => {
  signIn();
  expect(arriveAt(`/login?to=${encodeURIComponent(wish)}`).state.location.pathname).toBe("/");
});

test("a new account is welcomed", () => {
  signIn();
  expect(arriveAt("/register").state.location.pathname).toBe("/welcome");
});
