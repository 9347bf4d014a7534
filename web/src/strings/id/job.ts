import type { Strings } from "@/strings/en";

export const job: Strings["job"] = {
  title: "Pekerjaan",
};
