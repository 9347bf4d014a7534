import createClient from "openapi-fetch";

import type { paths } from "@/generated/schema";
import { language } from "@/lib/language";
import { problemOf, Unreachable } from "@/lib/problem";
import { accessToken, renewToken } from "@/lib/session";

/** `fetch` as somebody who needs no account, whoever is signed in. Raises Unreachable. */
function fetchAsVisitor(request: Request): Promise<Response> {
  request.headers.set("Accept-Language", language.get());
  return send(request, null);
}

/** `fetch` as the one who is signed in. A token that ended is replaced and the request sent again. Raises Unreachable. */
export async function fetchAsUser(request: Request): Promise<Response> {
  request.headers.set("Accept-Language", language.get());
  const again = request.clone();
  const token = await accessToken();
  const response = await send(request, token);
  if (response.status !== 401 || token === null) return response;
  const renewed = await renewToken(token);
  return renewed === null ? response : send(again, renewed);
}

async function send(request: Request, token: string | null): Promise<Response> {
  if (token !== null) request.headers.set("Authorization", `Bearer ${token}`);
  try {
    return await fetch(request);
  } catch (failure) {
    if (request.signal.aborted) throw failure;
    throw new Unreachable(failure);
  }
}

/** The API, typed by its own description. */
export const api = createClient<paths>({ baseUrl: globalThis.location.origin, fetch: fetchAsUser });

/** The same for pages that are open to everybody. */
export const visitorApi = createClient<paths>({ baseUrl: globalThis.location.origin, fetch: fetchAsVisitor });

interface Answer<T> {
  data?: T;
  response: Response;
  error?: unknown;
}

/** The body of an answer. Raises Problem where the server refused, Unreachable where there was no answer. */
export async function answered<T>(call: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await call;
  if (response.ok) return data as T;
  throw await problemOf(new Response(JSON.stringify(error), { status: response.status, headers: response.headers }));
}
