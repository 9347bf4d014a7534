import { queryOptions } from "@tanstack/react-query";
import type { TFunction } from "i18next";

import type { components } from "@/generated/schema";
import { answered, api } from "@/lib/api";

export type ApiKey = components["schemas"]["KeyOut"];
export type NewKey = components["schemas"]["NewKey"];
export type KeyMade = components["schemas"]["KeyMade"];
export type Scope = components["schemas"]["Scope"];

/** Those that a key can have, the ones that most need first. */
export const KEY_SCOPES = [
  "jobs:read",
  "jobs:write",
  "assets:read",
  "assets:write",
  "webhooks",
  "admin",
] as const satisfies readonly Scope[];

export const USUAL_SCOPES: readonly Scope[] = ["jobs:read", "jobs:write", "assets:read", "assets:write"];

export const keysQuery = queryOptions({
  queryKey: ["account", "keys"] as const,
  queryFn: async ({ signal }) => (await answered(api.GET("/api/auth/keys", { signal }))).keys,
});

export function makeKey(wanted: NewKey): Promise<KeyMade> {
  return answered(api.POST("/api/auth/keys", { body: wanted }));
}

export async function deleteKey(keyId: string): Promise<void> {
  await answered(api.DELETE("/api/auth/keys/{key_id}", { params: { path: { key_id: keyId } } }));
}

export function scopeWord(t: TFunction<"settings">, scope: Scope): string {
  const words: Partial<Record<Scope, string>> = {
    "jobs:read": t("scopeJobsRead"),
    "jobs:write": t("scopeJobsWrite"),
    "assets:read": t("scopeAssetsRead"),
    "assets:write": t("scopeAssetsWrite"),
    webhooks: t("scopeWebhooks"),
    admin: t("scopeAdmin"),
  };
  return words[scope] ?? scope;
}
