import type { CreateT } from "../products/product-words";

const MOMENT_SECONDS = 3;

/** 127 → "2 minutes": as exactly as one can know before. */
export function durationWords(t: CreateT, language: string, seconds: number): string {
  const number = (amount: number) => new Intl.NumberFormat(language).format(amount);
  if (seconds < MOMENT_SECONDS) return t("timeMoment");
  if (seconds < 55) {
    const step = seconds < 20 ? 1 : 10;
    const rounded = Math.round(seconds / step) * step;
    return t("timeSeconds", { count: rounded, number: number(rounded) });
  }
  const minutes = Math.max(1, Math.round(seconds / 60));
  const hours = Math.floor(minutes / 60);
  const rest = minutes - hours * 60;
  const parts = [
    hours > 0 ? t("timeHours", { count: hours, number: number(hours) }) : "",
    rest > 0 ? t("timeMinutes", { count: rest, number: number(rest) }) : "",
  ];
  return parts.filter(Boolean).join(" ");
}
