import type { Strings } from "@/strings/en";

export const jobs: Strings["jobs"] = {
  stateQueued: "Antre",
  stateRunning: "Berjalan",
  stateWaiting: "Giliran Anda",
  statePaused: "Dijeda",
  stateSucceeded: "Selesai",
  stateFailed: "Gagal",
  stateCancelled: "Dibatalkan",
  stagePending: "belum mulai",
  stageReady: "dalam antrean",
  stageActive: "{{percent}} %",
  stageWaiting: "menunggu",
  stageCompleted: "selesai",
  stageFailed: "gagal",
  stageSkipped: "dilewati",
  stageCancelled: "dibatalkan",
  stageWaitingForYou: "menunggu Anda",
  stagePaused: "dijeda",
  progressOf: "Kemajuan {{name}}",
  itemNumber: "Butir {{number}}",
};
