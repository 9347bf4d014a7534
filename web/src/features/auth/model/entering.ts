import type { components } from "@/generated/schema";
import { answered, api } from "@/lib/api";
import { language } from "@/lib/language";
import { Problem } from "@/lib/problem";

export type SignedIn = components["schemas"]["SignedInOut"];

export interface Credentials {
  login: string;
  password: string;
  remember: boolean;
}

export interface Applicant {
  email: string;
  username: string;
  display_name: string;
  password: string;
}

/** The field that a refusal as a whole is about. */
export const FIELD_OF_CODE = { weak_password: "password" } as const;

export function logIn(credentials: Credentials): Promise<SignedIn> {
  return answered(api.POST("/api/auth/login", { body: { ...credentials, cookie: true } }));
}

/** Makes an account and signs in with it. */
export async function register(applicant: Applicant): Promise<SignedIn> {
  await answered(api.POST("/api/auth/register", { body: { ...applicant, language: language.get() } }));
  return logIn(credentialsOf(applicant));
}

/** Makes the first account with the token of the link, and signs in with it. */
export async function setUp(token: string, applicant: Applicant): Promise<SignedIn> {
  const body = { ...applicant, language: language.get(), token };
  const made = await answered(api.POST("/api/auth/setup", { body }));
  await endSessionOf(made.refresh_token);
  return logIn(credentialsOf(applicant));
}

/** The answer to the set-up begins a session without a cookie, which nobody would use. */
async function endSessionOf(refreshToken: string | null): Promise<void> {
  await api.POST("/api/auth/logout", { body: { refresh_token: refreshToken } }).catch(() => undefined);
}

function credentialsOf({ username, password }: Applicant): Credentials {
  return { login: username, password, remember: true };
}

export function hasCode(failure: Error | null, code: string): boolean {
  return failure instanceof Problem && failure.code === code;
}
