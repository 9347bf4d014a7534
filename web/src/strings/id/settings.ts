import type { Strings } from "@/strings/en";

export const settings: Strings["settings"] = {
  title: "Pengaturan",
};
