import { classes } from "@/lib/classes";

/** How far, or how full: a bar with its meaning in words. */
export function Meter({
  label,
  fraction,
  text,
  tone = "active",
}: {
  label: string;
  fraction: number;
  text: string;
  tone?: "active" | "done" | "failed";
}) {
  const colour = { active: "bg-signal-strong", done: "bg-done", failed: "bg-failed" }[tone];
  return (
    <div className="grid gap-1.5">
      <div className="flex justify-between gap-4 text-small">
        <span>{label}</span>
        <span className="figures text-ink-soft">{text}</span>
      </div>
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(fraction * 100)}
        aria-valuetext={text}
        className="h-2 overflow-hidden rounded-hair bg-well ring-1 ring-line ring-inset"
      >
        <div
          className={classes("h-full origin-left transition-transform duration-200", colour)}
          style={{ transform: `scaleX(${Math.min(1, Math.max(0, fraction))})` }}
        />
      </div>
    </div>
  );
}
