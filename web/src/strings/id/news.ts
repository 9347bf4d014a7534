import type { Strings } from "@/strings/en";

export const news: Strings["news"] = {
  waiting: "{{name}} membutuhkan Anda",
  succeeded: "{{name}} selesai",
  failed: "{{name}} gagal",
  many_one: "Kabar tentang {{count}} pekerjaan",
  many_other: "Kabar tentang {{count}} pekerjaan",
  countWaiting_one: "{{count}} membutuhkan Anda",
  countWaiting_other: "{{count}} membutuhkan Anda",
  countSucceeded_one: "{{count}} selesai",
  countSucceeded_other: "{{count}} selesai",
  countFailed_one: "{{count}} gagal",
  countFailed_other: "{{count}} gagal",
  someJob: "Sebuah pekerjaan",
  show: "Lihat",
};
