import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, type RenderResult } from "@testing-library/react";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import type { ReactNode } from "react";
import { createMemoryRouter, RouterProvider } from "react-router";

import { beginSession, endSession, type User } from "@/lib/session";
import { makeQueryClient } from "@/lib/query-client";

export const ANN: User = {
  id: "user_1",
  email: "ann@example.com",
  username: "ann",
  display_name: "Ann",
  language: "en",
  role: "admin",
  plan: "pro",
  is_disabled: false,
  created_at: "2026-01-01T00:00:00Z",
  last_login_at: null,
};

/** Shows a page at an address, to one who is signed in; to nobody where `user` is null. */
export function show(
  page: ReactNode,
  { path = "/", at = "/", user = ANN }: { path?: string; at?: string; user?: User | null } = {},
): RenderResult & { person: UserEvent; queries: QueryClient } {
  if (user === null) endSession("none");
  else signIn(user);
  const router = createMemoryRouter(
    [
      { path, element: page },
      { path: "*", element: <p>elsewhere</p> },
    ],
    { initialEntries: [at] },
  );
  const queries = makeQueryClient();
  queries.setDefaultOptions({ queries: { ...queries.getDefaultOptions().queries, retry: false } });
  const shown = render(
    <QueryClientProvider client={queries}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  );
  return { ...shown, person: userEvent.setup(), queries };
}

export function signIn(user: User = ANN): void {
  beginSession({
    access_token: "token",
    token_type: "Bearer",
    expires_in: 900,
    refresh_token: null,
    session_id: "session_1",
    session_expires_at: "2030-01-01T00:00:00Z",
    user,
  });
}
