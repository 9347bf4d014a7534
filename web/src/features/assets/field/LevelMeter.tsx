import { useTranslation } from "react-i18next";

import { classes } from "@/lib/classes";

const LAMPS = 28;
/** From here on it is loud enough, and from here on too loud. */
const [HEARD, CLIPPING] = [0.3, 0.9];

/** How loud it is, as the lamps of a desk, and in a word. */
export function LevelMeter({ level }: { level: number }) {
  const { t } = useTranslation("assets");
  const lit = loudnessOf(level);
  const word = lit >= CLIPPING ? t("levelLoud") : lit >= HEARD ? t("levelGood") : t("levelQuiet");
  return (
    <div
      role="meter"
      aria-label={t("level")}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(lit * 100)}
      aria-valuetext={word}
      className="flex items-center gap-3"
    >
      <div className="flex h-4 grow gap-0.5">
        {Array.from({ length: LAMPS }, (_, lamp) => {
          const at = lamp / LAMPS;
          const colour = at >= CLIPPING ? "bg-failed" : at >= HEARD ? "bg-done" : "bg-waiting";
          return <div key={lamp} className={classes("grow rounded-hair", at < lit ? colour : "bg-well")} />;
        })}
      </div>
      <span className="w-24 text-small text-ink-soft">{word}</span>
    </div>
  );
}

/** -60 dB .. 0 dB as 0 .. 1, as ears count. */
function loudnessOf(level: number): number {
  return level <= 0 ? 0 : Math.max(0, Math.min(1, 1 + Math.log10(level) / 3));
}
