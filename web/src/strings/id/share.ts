import type { Strings } from "@/strings/en";

export const share: Strings["share"] = {
  title: "Hasil yang dibagikan",
  madeWith: "Dibuat dengan Soundstage",
  subtitles: "Takarir",
  downloads: "Simpan salinan",
  goodUntil: "Tautan ini berlaku sampai {{date}}.",
  nothingToShow: "Berkas ini tidak dapat ditampilkan di sini, tetapi Anda dapat menyimpan salinannya.",
  unknown: "Tautan ini tidak menuju ke mana pun.",
  unknownHint: "Apakah tautannya lengkap? Salin lagi dari tempat Anda menerimanya.",
  ended: "Tautan ini sudah berakhir.",
  endedHint: "Masa berlakunya habis, atau tautan dicabut. Mintalah yang baru dari pemberinya.",
  remade: "Hasilnya sedang dibuat ulang.",
  remadeHint: "Saat ini belum ada. Kembalilah nanti, atau tanyakan kepada pemberi tautan.",
};
