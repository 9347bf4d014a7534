import type { components } from "@/generated/schema";
import { Observable, useObservable } from "@/lib/observable";
import { Problem, problemOf, Unreachable } from "@/lib/problem";
import { remembered } from "@/lib/remembered";

export type User = components["schemas"]["UserOut"];
type SignedIn = components["schemas"]["SignedInOut"];

/** Why nobody is signed in: not yet or by choice, not by their wish, or by choice in another tab. */
export type EndReason = "none" | "ended" | "elsewhere";

export type Session =
  /** `failure` is why it could not be asked. */
  | { state: "unknown"; failure: Error | null }
  | { state: "signed-out"; reason: EndReason }
  | { state: "signed-in"; user: User };

/** What the tabs of a browser tell each other: they share one cookie. */
type Told = { about: "signed-in" } | { about: "signed-out"; reason: EndReason };

/** An access token is replaced when it has this long to live, so that no upload meets its end. */
const RENEW_BEFORE_MS = 60_000;

/** Whether this browser has a cookie worth asking with: no script can see it. */
const mayBeSignedIn = remembered<boolean>("signed-in", (value) => value === true);

const session = new Observable<Session>({ state: "unknown", failure: null });
let token: { text: string; expiresAt: number } | null = null;
let renewal: Promise<string | null> | null = null;
let tabs: BroadcastChannel | null = null;

export const useSession = (): Session => useObservable(session);
export const currentSession = session.get;

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
  mayBeSignedIn.write(true);
  token = { text: signedIn.access_token, expiresAt: Date.now() + signedIn.expires_in * 1000 };
  if (session.get().state === "signed-out") tell({ about: "signed-in" });
  session.set({ state: "signed-in", user: signedIn.user });
}

/** Forgets who was signed in; `ended` where it was not their wish. */
export function endSession(reason: EndReason): void {
  mayBeSignedIn.write(false);
  token = null;
  if (session.get().state === "signed-in") tell({ about: "signed-out", reason });
  session.set({ state: "signed-out", reason });
}

/** Is there somebody? Asked when the page is loaded, and again while nobody answers. */
export async function restoreSession(): Promise<void> {
  if (!mayBeSignedIn.read()) {
    endSession("none");
    return;
  }
  await askWhoIsHere();
}

async function askWhoIsHere(): Promise<void> {
  try {
    await renew("none");
  } catch (failure) {
    if (session.get().state === "unknown") session.set({ state: "unknown", failure: asError(failure) });
  }
}

function asError(failure: unknown): Error {
  return failure instanceof Error ? failure : new Error(String(failure));
}

/** Has the tabs of this browser sign in and out together. Gives what ends it. */
export function followOtherTabs(): () => void {
  const channel = new BroadcastChannel("soundstage-session");
  tabs = channel;
  channel.onmessage = ({ data }: MessageEvent<Told>) => {
    const { state } = session.get();
    if (data.about === "signed-in" && state === "signed-out") void askWhoIsHere();
    if (data.about === "signed-out" && state === "signed-in") leaveWithOthers(data.reason);
  };
  return () => {
    tabs = null;
    channel.close();
  };
}

function leaveWithOthers(reason: EndReason): void {
  token = null;
  session.set({ state: "signed-out", reason: reason === "none" ? "elsewhere" : reason });
}

function tell(told: Told): void {
  tabs?.postMessage(told);
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
    await response.body?.cancel();
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
