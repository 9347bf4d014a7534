import { HttpResponse } from "msw";

import type { components } from "@/generated/schema";

import { ANN } from "./render";

export const SIGNED_IN: components["schemas"]["SignedInOut"] = {
  access_token: "token",
  token_type: "Bearer",
  expires_in: 900,
  refresh_token: null,
  session_id: "session_1",
  session_expires_at: "2030-01-01T00:00:00Z",
  user: ANN,
};

/** A refusal of the server. */
export function refuse(
  status: number,
  body: Partial<components["schemas"]["Problem"]>,
  headers: Record<string, string> = {},
): HttpResponse<Partial<components["schemas"]["Problem"]>> {
  return HttpResponse.json({ status, ...body }, { status, headers });
}
