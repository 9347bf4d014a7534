import type { Strings } from "@/strings/en";

export const news: Strings["news"] = {
  waiting: "{{name}} precisa de você",
  succeeded: "{{name}} está pronto",
  failed: "{{name}} falhou",
  many_one: "Novidades de {{count}} trabalho",
  many_other: "Novidades de {{count}} trabalhos",
  countWaiting_one: "{{count}} precisa de você",
  countWaiting_other: "{{count}} precisam de você",
  countSucceeded_one: "{{count}} pronto",
  countSucceeded_other: "{{count}} prontos",
  countFailed_one: "{{count}} falhou",
  countFailed_other: "{{count}} falharam",
  someJob: "Um trabalho",
  show: "Mostrar",
};
