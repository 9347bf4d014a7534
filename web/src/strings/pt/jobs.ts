import type { Strings } from "@/strings/en";

export const jobs: Strings["jobs"] = {
  stateQueued: "Na fila",
  stateRunning: "Em andamento",
  stateWaiting: "Sua vez",
  statePaused: "Pausado",
  stateSucceeded: "Pronto",
  stateFailed: "Falhou",
  stateCancelled: "Cancelado",
  stagePending: "não iniciada",
  stageReady: "na fila",
  stageActive: "{{percent}} %",
  stageWaiting: "aguarda",
  stageCompleted: "pronta",
  stageFailed: "falhou",
  stageSkipped: "pulada",
  stageCancelled: "cancelada",
  stageWaitingForYou: "espera por você",
  stagePaused: "pausada",
  progressOf: "Progresso de {{name}}",
  itemNumber: "Item {{number}}",
};
