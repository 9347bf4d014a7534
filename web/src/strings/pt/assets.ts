import type { Strings } from "@/strings/en";

export const assets: Strings["assets"] = {
  title: "Arquivos",
};
