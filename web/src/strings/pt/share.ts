import type { Strings } from "@/strings/en";

export const share: Strings["share"] = {
  title: "Resultado compartilhado",
  madeWith: "Feito com Soundstage",
  subtitles: "Legendas",
  downloads: "Guarde uma cópia",
  goodUntil: "Este link vale até {{date}}.",
  nothingToShow: "Estes arquivos não podem ser exibidos aqui, mas você pode guardar uma cópia.",
  unknown: "Este link não leva a lugar nenhum.",
  unknownHint: "Ele está inteiro? Copie-o de novo de onde o recebeu.",
  ended: "Este link terminou.",
  endedHint: "O prazo passou ou ele foi revogado. Peça outro a quem o enviou.",
  remade: "O resultado está sendo refeito.",
  remadeHint: "No momento não está disponível. Volte mais tarde ou pergunte a quem enviou o link.",
};
