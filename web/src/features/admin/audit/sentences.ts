import type { TFunction } from "i18next";

import type { AuditEntry } from "../model/queries";

type AdminT = TFunction<"admin">;
type Names = Record<"actor" | "target" | "action", string>;

/** The actions that the server notes, in the order of the filter. */
const SENTENCES: Record<string, (t: AdminT, names: Names) => string> = {
  "studio.set_up": (t, names) => t("auditStudioSetUp", names),
  "user.registered": (t, names) => t("auditUserRegistered", names),
  "user.created": (t, names) => t("auditUserCreated", names),
  "user.changed": (t, names) => t("auditUserChanged", names),
  "user.disabled": (t, names) => t("auditUserDisabled", names),
  "user.enabled": (t, names) => t("auditUserEnabled", names),
  "user.deleted": (t, names) => t("auditUserDeleted", names),
  "user.sessions_ended": (t, names) => t("auditSessionsEnded", names),
  "user.email_changed": (t, names) => t("auditEmailChanged", names),
  "user.password_changed": (t, names) => t("auditPasswordChanged", names),
  "user.password_refused": (t, names) => t("auditPasswordRefused", names),
  "login.failed": (t, names) => t("auditLoginFailed", names),
  "login.locked": (t, names) => t("auditLoginLocked", names),
  "session.refresh_reused": (t, names) => t("auditRefreshReused", names),
  "key.made": (t, names) => t("auditKeyMade", names),
  "key.deleted": (t, names) => t("auditKeyDeleted", names),
  "queue.paused": (t, names) => t("auditQueuePaused", names),
  "queue.resumed": (t, names) => t("auditQueueResumed", names),
};

export const AUDIT_ACTIONS = Object.keys(SENTENCES);

/** What happened, as a sentence. An action that this page does not know is told by its name. */
export function sentenceOf(t: AdminT, entry: AuditEntry): string {
  const names = { actor: actorOf(t, entry), target: targetOf(t, entry), action: entry.action };
  const sentence = SENTENCES[entry.action];
  return sentence === undefined ? t("auditOther", names) : sentence(t, names);
}

function actorOf(t: AdminT, { actor, actor_name: name }: AuditEntry): string {
  if (name !== null) return isolated(name);
  if (actor === "") return t("auditAnonymous");
  return actor === "local" ? t("commandLine") : t("auditGoneUser", { id: actor });
}

function targetOf(t: AdminT, { target, target_name: name }: AuditEntry): string {
  if (name !== null) return isolated(name);
  if (target === "") return t("auditNobody");
  return target.startsWith("user_") ? t("auditGoneUser", { id: target }) : isolated(target);
}

/** A name of any script keeps its direction to itself (Unicode FSI and PDI). */
function isolated(name: string): string {
  return `\u2068${name}\u2069`;
}

/** What else is known and the sentence does not say: what was set to what. */
export function detailsOf(t: AdminT, { data }: AuditEntry): string {
  return Object.entries(data)
    .filter(([name]) => name !== "is_disabled")
    .map(([name, value]) => detailOf(t, name, value))
    .join(", ");
}

function detailOf(t: AdminT, name: string, value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  if (name === "reason") return t("auditReason", { reason: isolated(text) });
  if (name === "role") return t("auditRole", { role: text === "admin" ? t("roleAdmin") : t("roleUser") });
  if (name === "plan") return t("auditPlan", { plan: text === "pro" ? t("planPro") : t("planFree") });
  return `${name}: ${text}`;
}
