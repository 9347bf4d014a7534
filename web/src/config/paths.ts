/** Every address of the studio, in one place. */
export const paths = {
  dashboard: "/",
  setUp: "/setup",
  login: "/login",
  register: "/register",
  welcome: "/welcome",
  sample: "/new/full_pipeline?sample=1",
  create: "/new",
  createFrom: (pipeline: string) => `/new/${encodeURIComponent(pipeline)}`,
  again: (pipeline: string, jobId: string) => `/new/${encodeURIComponent(pipeline)}?from=${encodeURIComponent(jobId)}`,
  history: "/jobs",
  failedOf: (pipeline: string) => `/jobs?state=failed&pipeline=${encodeURIComponent(pipeline)}`,
  job: (jobId: string) => `/jobs/${encodeURIComponent(jobId)}`,
  assets: "/assets",
  asset: (assetId: string) => `/assets?show=${encodeURIComponent(assetId)}`,
  settings: "/settings",
  settingsOf: (section: SettingsSection) => `/settings/${section}`,
  admin: "/admin",
  adminOf: (section: AdminSection) => `/admin/${section}`,
  shared: (token: string) => `/s/${encodeURIComponent(token)}`,
  design: "/design",
} as const;

export const SETTINGS_SECTIONS = [
  "profile",
  "security",
  "keys",
  "look",
  "notifications",
  "engines",
  "storage",
  "webhooks",
] as const;
export type SettingsSection = (typeof SETTINGS_SECTIONS)[number];

export const ADMIN_SECTIONS = ["workers", "queues", "failures", "users", "engines", "storage", "audit"] as const;
export type AdminSection = (typeof ADMIN_SECTIONS)[number];
