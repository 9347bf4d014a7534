import { classes } from "@/lib/classes";

type Stage = readonly [weight: number, look: keyof typeof LOOKS, filled?: number];

const LOOKS = {
  done: "bg-done",
  active: "bg-signal-strong animate-breathe",
  waiting: "bg-waiting striped",
  ahead: "bg-transparent",
} as const;

const RAILS: readonly (readonly Stage[])[] = [
  [[7, "done"], [15, "done"], [30, "done"], [8, "done"]], // prettier-ignore
  [[7, "done"], [21, "done"], [18, "active", 0.6], [14, "ahead"]], // prettier-ignore
  [[12, "done"], [24, "active", 0.35], [9, "ahead"], [15, "ahead"]], // prettier-ignore
  [[7, "done"], [13, "done"], [13, "waiting"], [27, "ahead"]], // prettier-ignore
  [[18, "active", 0.8], [26, "ahead"], [16, "ahead"]], // prettier-ignore
  [[9, "done"], [9, "done"], [30, "done"], [12, "active", 0.2]], // prettier-ignore
  [[6, "ahead"], [26, "ahead"], [18, "ahead"], [10, "ahead"]], // prettier-ignore
];

/** An ornament: a desk full of jobs under way, which runs on beyond the edge. */
export function DrawnRails() {
  return (
    <div aria-hidden className="hidden content-center gap-9 overflow-hidden py-12 pl-16 lg:grid">
      {RAILS.map((stages, row) => (
        <div key={row} className="-mr-16 grid gap-1.5">
          <span className="strip">{String(row + 1).padStart(2, "0")}</span>
          <div className="flex gap-1">
            {stages.map((stage, index) => (
              <Track key={index} stage={stage} />
            ))}
          </div>
        </div>
      ))}
    </div>
  );
}

function Track({ stage: [weight, look, filled = 1] }: { stage: Stage }) {
  return (
    <div
      className="h-5 overflow-hidden rounded-hair bg-well ring-1 ring-line ring-inset"
      style={{ flexGrow: weight, flexBasis: 0 }}
    >
      <div className={classes("h-full origin-left", LOOKS[look])} style={{ transform: `scaleX(${filled})` }} />
    </div>
  );
}
