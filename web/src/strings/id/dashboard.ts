import type { Strings } from "@/strings/en";

export const dashboard: Strings["dashboard"] = {
  title: "Studio",
};
