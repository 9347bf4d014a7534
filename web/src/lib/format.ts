import { language } from "@/lib/language";

const UNITS = ["B", "KB", "MB", "GB", "TB"] as const;

/** 1_530_000 → "1.5 MB", decimal units as disks and networks count. */
export function formatBytes(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), UNITS.length - 1);
  const amount = bytes / 1000 ** power;
  const digits = power > 0 && amount < 100 ? 1 : 0;
  return `${number(amount, digits)} ${UNITS[power] ?? "B"}`;
}

/** 83 → "1:23", 3_725 → "1:02:05": a length of sound or video, or how long something took. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  const tail = `${hours > 0 ? String(minutes).padStart(2, "0") : minutes}:${String(rest).padStart(2, "0")}`;
  return hours > 0 ? `${hours}:${tail}` : tail;
}

/** How long something took that is over: 0.42 → "0.4 s", 83 → "1:23". */
export function formatTook(seconds: number): string {
  return seconds < 10 ? `${number(Math.max(0, seconds), 1)} s` : formatDuration(seconds);
}

/** "3 minutes ago", in the language of the page. */
export function formatAgo(moment: string, now: number): string {
  const seconds = (new Date(moment).getTime() - now) / 1000;
  const words = relative({ numeric: "auto" });
  const size = Math.abs(seconds);
  if (size < 60) return words.format(Math.round(seconds), "second");
  if (size < 3600) return words.format(Math.round(seconds / 60), "minute");
  if (size < 86_400) return words.format(Math.round(seconds / 3600), "hour");
  if (size < 30 * 86_400) return words.format(Math.round(seconds / 86_400), "day");
  return formatDate(moment);
}

export function formatDate(moment: string): string {
  return dates({ dateStyle: "medium" }).format(new Date(moment));
}

export function formatMoment(moment: string): string {
  return dates({ dateStyle: "medium", timeStyle: "medium" }).format(new Date(moment));
}

/** The time of day to the second, as in a log. */
export function formatClock(moment: string): string {
  return dates({ timeStyle: "medium", hourCycle: "h23" }).format(new Date(moment));
}

/** 0.1234 → "0.12", for what takes a moment; never nothing. */
export function formatSeconds(seconds: number): string {
  return number(Math.max(seconds, 0.01), seconds < 10 ? 2 : 0);
}

/** 0.954 → "95%" */
export function formatPercent(fraction: number): string {
  return numbers({ style: "percent" }).format(fraction);
}

export function formatNumber(amount: number): string {
  return number(amount, 0);
}

function number(amount: number, digits: number): string {
  return numbers({ maximumFractionDigits: digits }).format(amount);
}

const dates = kept((tag, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(tag, options));
const numbers = kept((tag, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(tag, options));
const relative = kept((tag, options: Intl.RelativeTimeFormatOptions) => new Intl.RelativeTimeFormat(tag, options));

/** What `make` makes for the language of the page, made once: that costs more than to use it a hundred times. */
function kept<Options, Made>(make: (tag: string, options: Options) => Made): (options: Options) => Made {
  const known = new Map<string, Made>();
  return (options) => {
    const name = `${language.get()} ${JSON.stringify(options)}`;
    const made = known.get(name) ?? make(language.get(), options);
    known.set(name, made);
    return made;
  };
}
