import type { Strings } from "@/strings/en";

export const share: Strings["share"] = {
  title: "Hasil yang dibagikan",
};
