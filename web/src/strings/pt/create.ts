import type { Strings } from "@/strings/en";

export const create: Strings["create"] = {
  title: "Novo",
};
