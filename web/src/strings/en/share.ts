export const share = {
  title: "Shared result",
  madeWith: "Made with Soundstage",
  subtitles: "Subtitles",
  downloads: "Keep a copy",
  goodUntil: "This link is good until {{date}}.",
  nothingToShow: "These files cannot be shown here, but you can keep a copy.",
  unknown: "This link leads nowhere.",
  unknownHint: "Is it whole? Copy it again from where you have it.",
  ended: "This link is over.",
  endedHint: "Its time has passed, or it was revoked. Ask the one who gave it to you for another.",
  remade: "The result is being made again.",
  remadeHint: "It is not there at the moment. Come back later, or ask the one who gave you the link.",
};
