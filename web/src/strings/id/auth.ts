import type { Strings } from "@/strings/en";

export const auth: Strings["auth"] = {
  title: "Masuk",
};
