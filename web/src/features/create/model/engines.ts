import type { Engine } from "./queries";

/** What "auto" means, as the server decides: never a service that costs money, and a model rather than a draft. */
export function automaticOf(engines: readonly Engine[], capability: string): Engine | undefined {
  const ready = engines.filter((engine) => engine.capability === capability && engine.ready);
  const free = ready.filter((engine) => engine.quality !== "cloud");
  return free.find((engine) => engine.quality === "model") ?? free[0];
}
