import type { Strings } from "@/strings/en";

export const admin: Strings["admin"] = {
  title: "Administração",
};
