import type { HttpRequest, HttpResponse } from "tus-js-client";

import type { components } from "@/generated/schema";
import { Problem, Unreachable } from "@/lib/problem";
import { currentSession, renewToken } from "@/lib/session";

/**
 * Raises Problem for what is no success. tus would begin anew after any refusal; that is right only where the server knows no such upload.
 */
export async function settle(request: HttpRequest, response: HttpResponse): Promise<void> {
  const status = response.getStatus();
  const isUnknown = request.getMethod() === "HEAD" && (status === 404 || status === 410);
  if (status < 400 || isUnknown) return;
  if (status === 401) await renewToken(request.getHeader("Authorization")?.replace("Bearer ", "") ?? "");
  const seconds = Number(response.getHeader("Retry-After"));
  throw new Problem(status, bodyOf(response), seconds > 0 ? seconds : null);
}

function bodyOf(response: HttpResponse): Partial<components["schemas"]["Problem"]> {
  try {
    return JSON.parse(response.getBody()) as Partial<components["schemas"]["Problem"]>;
  } catch {
    return {};
  }
}

/** tus wraps what went wrong; a request without a response had no answer. */
export function failureOf(told: Error): Error {
  const cause: unknown = "causingError" in told ? told.causingError : null;
  if (cause instanceof ProgressEvent) return new Unreachable(told);
  return cause instanceof Error ? cause : told;
}

const GOES_BY = ["conflict", "upload_busy", "too_many_requests"];

/** It goes by: the upload goes on by itself. */
export function isPassing(failure: Error): boolean {
  if (!(failure instanceof Problem)) return failure instanceof Unreachable;
  if (failure.status === 401) return currentSession().state === "signed-in";
  const isGone = failure.status === 404;
  return isGone || GOES_BY.includes(failure.code) || (failure.status >= 500 && failure.code !== "disk_full");
}
