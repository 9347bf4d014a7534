import type { Strings } from "@/strings/en";

export const dashboard: Strings["dashboard"] = {
  title: "Studio",
  make: "Buat sesuatu",
  loading: "Memuat studio",
  counts: "Pekerjaan menurut status",
  all: "Semua pekerjaan",

  yourTurn: "Giliran Anda",
  moreTurns_one: "{{shown}} lagi menunggu",
  moreTurns_other: "{{shown}} lagi menunggu",
  itemOf: "{{stage}}, butir {{number}}",
  open: "Buka",

  runs: "Sedang berjalan",
  moreRuns_one: "{{shown}} lagi sedang dikerjakan",
  moreRuns_other: "{{shown}} lagi sedang dikerjakan",
  left: "kira-kira {{time}} lagi",

  needsLook: "Perlu dilihat",
  moreFailed: "Semua yang gagal",
  retry: "Coba lagi",
  retryOf: "Coba lagi {{name}}",

  finished: "Baru selesai",
  moreFinished: "Semua yang selesai",
  watch: "Tonton {{name}}",
  listen: "Dengarkan {{name}}",
  openOf: "Buka {{name}}",

  figures: "{{days}} hari terakhir",
  product: "Produk",
  succeeded: "Selesai",
  failed: "Gagal",
  successRate: "Berhasil",
  medianTime: "Waktu biasanya",

  firstTitle: "Buat video pertama Anda",
  firstText:
    "Beri Soundstage sebuah potret dan naskah: naskahnya diucapkan, wajahnya digerakkan mengikuti, lalu jadilah video dengan takarir. Dengan mesin suara dan wajah bawaannya, semuanya tetap di komputer ini.",
  firstSample: "Coba dengan contoh",
  firstOwn: "Mulai dengan berkas sendiri",
  firstSteps: "Yang terjadi pada sebuah naskah",
};
