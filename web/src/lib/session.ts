import type { components } from "@/generated/schema";
import { Observable, useObservable } from "@/lib/observable";
import { Problem, problemOf, Unreachable } from "@/lib/problem";

export type User = components["schemas"]["UserOut"];
type SignedIn = components["schemas"]["SignedInOut"];

export type Session =
  { state: "unknown" } | { state: "signed-out"; reason: "none" | "ended" } | { state: "signed-in"; user: User };

/** An access token is replaced when it has this long to live, so that no upload meets its end. */
const RENEW_BEFORE_MS = 60_000;

const session = new Observable<Session>({ state: "unknown" });
let token: { text: string; expiresAt: number } | null = null;
let renewal: Promise<string | null> | null = null;

export const useSession = (): Session => useObservable(session);
export const currentSession = session.get;
export const watchSession = session.watch;

/** The one who is signed in; for pages behind the login. */
export function useUser(): User {
  const known = useSession();
  if (known.state !== "signed-in") throw new Error("This page is for those who are signed in.");
  return known.user;
}

export function showUser(user: User): void {
  session.set({ state: "signed-in", user });
}

/** Takes what a login answered. The refresh token lies in a cookie that no script can read. */
export function beginSession(signedIn: SignedIn): void {
  token = { text: signedIn.access_token, expiresAt: Date.now() + signedIn.expires_in * 1000 };
  session.set({ state: "signed-in", user: signedIn.user });
}

/** Forgets who was signed in; `ended` where it was not their wish. */
export function endSession(reason: "none" | "ended"): void {
  token = null;
  session.set({ state: "signed-out", reason });
}

/** Is there somebody? Asked once, when the page is loaded. */
export async function restoreSession(): Promise<void> {
  try {
    await renew("none");
  } catch (failure) {
    if (!(failure instanceof Unreachable)) throw failure;
  }
}

/** An access token that is good for some time yet; null where nobody is signed in. Raises Unreachable. */
export async function accessToken(): Promise<string | null> {
  if (token !== null && token.expiresAt - Date.now() > RENEW_BEFORE_MS) return token.text;
  if (session.get().state === "signed-out") return null;
  return renew("ended");
}

/** A new token in place of one that was refused. */
export function renewToken(refused: string): Promise<string | null> {
  if (token !== null && token.text !== refused) return Promise.resolve(token.text);
  return renew("ended");
}

function renew(whenOver: "none" | "ended"): Promise<string | null> {
  renewal ??= askForTokens(whenOver).finally(() => (renewal = null));
  return renewal;
}

async function askForTokens(whenOver: "none" | "ended"): Promise<string | null> {
  let response: Response;
  try {
    response = await fetch("/api/auth/refresh", { method: "POST" });
  } catch (failure) {
    throw new Unreachable(failure);
  }
  if (response.status >= 500 || response.status === 429) throw await problemOf(response);
  if (!response.ok) {
    endSession(whenOver);
    return null;
  }
  const signedIn = (await response.json()) as SignedIn;
  beginSession(signedIn);
  return signedIn.access_token;
}

export function isOver(failure: unknown): boolean {
  return failure instanceof Problem && failure.status === 401;
}
