import type { Strings } from "@/strings/en";

export const history: Strings["history"] = {
  title: "Trabalhos",
};
