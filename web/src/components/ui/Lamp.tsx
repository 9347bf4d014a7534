import type { ReactNode } from "react";

import type { Tone } from "@/components/ui/Rail";
import { classes } from "@/lib/classes";

const COLOURS: Record<Tone, string> = {
  idle: "bg-idle",
  active: "bg-signal-strong animate-breathe",
  done: "bg-done",
  waiting: "bg-waiting",
  failed: "bg-failed",
  paused: "bg-idle",
  skipped: "bg-line-strong",
};
const INKS: Record<Tone, string> = {
  idle: "text-ink-soft",
  active: "text-signal-ink",
  done: "text-done-ink",
  waiting: "text-waiting-ink",
  failed: "text-failed-ink",
  paused: "text-ink-soft",
  skipped: "text-ink-faint",
};

/** A state: a lamp and always its word, so that nobody has to tell colours apart. */
export function Lamp({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className={classes("inline-flex items-center gap-2 text-small font-medium whitespace-nowrap", INKS[tone])}>
      <span
        aria-hidden
        className={classes("size-2 shrink-0", tone === "paused" ? "rounded-none" : "rounded-full", COLOURS[tone])}
      />
      {children}
    </span>
  );
}
