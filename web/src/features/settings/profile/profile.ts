import type { components } from "@/generated/schema";
import { answered, api } from "@/lib/api";
import type { User } from "@/lib/session";

/** What is left out stays. */
export function changeProfile(change: components["schemas"]["ProfileIn"]): Promise<User> {
  return answered(api.PATCH("/api/auth/me", { body: change }));
}
