import type { Strings } from "@/strings/en";

export const dashboard: Strings["dashboard"] = {
  title: "Estúdio",
  make: "Criar algo",
  loading: "Carregando o estúdio",
  counts: "Trabalhos por estado",
  all: "Todos os trabalhos",

  yourTurn: "Sua vez",
  moreTurns_one: "Mais {{shown}} espera",
  moreTurns_other: "Mais {{shown}} esperam",
  itemOf: "{{stage}}, item {{number}}",
  open: "Abrir",

  runs: "Em andamento",
  moreRuns_one: "Mais {{shown}} em curso",
  moreRuns_other: "Mais {{shown}} em curso",
  left: "faltam cerca de {{time}}",

  needsLook: "Precisa de atenção",
  moreFailed: "Todos os que falharam",
  retry: "Tentar de novo",
  retryOf: "Tentar de novo {{name}}",

  finished: "Prontos há pouco",
  moreFinished: "Todos os prontos",
  watch: "Assistir {{name}}",
  listen: "Ouvir {{name}}",
  openOf: "Abrir {{name}}",

  figures: "Os últimos {{days}} dias",
  product: "Produto",
  succeeded: "Prontos",
  failed: "Falharam",
  successRate: "Sucesso",
  medianTime: "Tempo usual",

  firstTitle: "Crie seu primeiro vídeo",
  firstText:
    "Dê ao Soundstage um retrato e um roteiro: ele fala o roteiro, move o rosto de acordo e monta um vídeo com legendas. Com os motores que vêm com ele, tudo fica nesta máquina.",
  firstSample: "Experimentar com o exemplo",
  firstOwn: "Começar com seus arquivos",
  firstSteps: "O que acontece com um roteiro",
};
