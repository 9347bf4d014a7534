import { classes } from "@/lib/classes";

export type Tone = "idle" | "active" | "done" | "waiting" | "failed" | "paused" | "skipped";

export interface RailTick {
  key: string;
  tone: Tone;
  /** 0..1 */
  fraction: number;
  label: string;
}

export interface RailSegment {
  key: string;
  label: string;
  /** The share of the whole, any unit. */
  weight: number;
  /** 0..1 */
  fraction: number;
  tone: Tone;
  /** What the colour says, in words. */
  spoken: string;
  ticks?: readonly RailTick[];
}

const FILLS: Record<Tone, string> = {
  idle: "bg-idle",
  active: "bg-signal-strong",
  done: "bg-done",
  waiting: "bg-waiting striped",
  failed: "bg-failed",
  paused: "bg-idle",
  skipped: "bg-line",
};

/** What is filled of a segment: one that waits or failed is coloured to its end, so that it can be found. */
function filled({ tone, fraction }: RailSegment | RailTick): number {
  if (tone === "done" || tone === "skipped") return 1;
  return tone === "waiting" || tone === "failed" ? Math.max(fraction, 1) : fraction;
}

interface RailProps {
  /** What the rail is of, for those who listen. */
  name: string;
  /** Whole percent, 0..100. */
  percent: number;
  segments: readonly RailSegment[];
  size?: "small" | "large";
  selected?: string | null;
  onSelect?: (key: string) => void;
}

/**
 * The stages of a job on one line: each as wide as its weight, filled as far as it is, with its items as ticks below.
 * A listener hears one progress bar with the percent and the stage that counts.
 */
export function Rail({ name, percent, segments, size = "small", selected = null, onSelect }: RailProps) {
  const isLarge = size === "large";
  return (
    <div>
      <div
        role="progressbar"
        aria-label={name}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        aria-valuetext={`${percent} %, ${spokenStage(segments)}`}
        className={classes("flex", isLarge ? "gap-1" : "gap-0.5")}
      >
        {segments.map((segment) => (
          <div key={segment.key} className="min-w-1" style={{ flexGrow: segment.weight, flexBasis: 0 }}>
            <Track segment={segment} isLarge={isLarge} isSelected={segment.key === selected} />
            {isLarge && segment.ticks !== undefined && <Ticks ticks={segment.ticks} />}
          </div>
        ))}
      </div>
      {isLarge && onSelect !== undefined && <Names segments={segments} selected={selected} onSelect={onSelect} />}
    </div>
  );
}

function Track({ segment, isLarge, isSelected }: { segment: RailSegment; isLarge: boolean; isSelected: boolean }) {
  return (
    <div
      title={`${segment.label}: ${segment.spoken}`}
      data-tone={segment.tone}
      data-percent={Math.floor(segment.fraction * 100)}
      className={classes(
        "relative overflow-hidden rounded-hair bg-well",
        isLarge ? "h-7 ring-1 ring-line ring-inset" : "h-2 ring-1 ring-line ring-inset",
        isSelected && "outline-2 outline-offset-2 outline-ink-soft",
      )}
    >
      <div
        className={classes(
          "absolute inset-0 origin-left transition-transform duration-200 ease-linear",
          FILLS[segment.tone],
        )}
        style={{ transform: `scaleX(${filled(segment)})` }}
      />
      {segment.tone === "active" && (
        <div aria-hidden className="absolute inset-0 animate-breathe bg-signal-strong/15" />
      )}
    </div>
  );
}

function Ticks({ ticks }: { ticks: readonly RailTick[] }) {
  return (
    <div aria-hidden className="mt-1 flex gap-px">
      {ticks.map((tick) => (
        <div
          key={tick.key}
          title={tick.label}
          className="relative h-1.5 grow overflow-hidden rounded-hair bg-well ring-1 ring-line ring-inset"
        >
          <div
            className={classes("absolute inset-0 origin-left transition-transform duration-200", FILLS[tick.tone])}
            style={{ transform: `scaleX(${filled(tick)})` }}
          />
        </div>
      ))}
    </div>
  );
}

function Names({
  segments,
  selected,
  onSelect,
}: {
  segments: readonly RailSegment[];
  selected: string | null;
  onSelect: (key: string) => void;
}) {
  return (
    <div className="mt-1 hidden gap-1 sm:flex">
      {segments.map((segment) => (
        <div key={segment.key} className="min-w-1 overflow-hidden" style={{ flexGrow: segment.weight, flexBasis: 0 }}>
          <button
            type="button"
            onClick={() => onSelect(segment.key)}
            aria-pressed={segment.key === selected}
            title={segment.label}
            className={classes(
              "strip block w-full truncate rounded-hair py-1 text-left hover:text-ink",
              segment.key === selected && "text-ink",
            )}
          >
            {segment.label}
          </button>
        </div>
      ))}
    </div>
  );
}

/** The stage that the eye would look at. */
function spokenStage(segments: readonly RailSegment[]): string {
  const order: readonly Tone[] = ["failed", "waiting", "active", "paused", "idle", "done"];
  const found = order.flatMap((tone) => segments.filter((segment) => segment.tone === tone))[0];
  return found === undefined ? "" : `${found.label}: ${found.spoken}`;
}
