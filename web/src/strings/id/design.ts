import type { Strings } from "@/strings/en";

export const design: Strings["design"] = {
  title: "Sistem desain",
};
