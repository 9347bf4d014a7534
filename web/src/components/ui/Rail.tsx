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

/** More items than this are no ticks any more, but a blur: the fill of the segment says how far they are. */
const MOST_TICKS = 60;

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
 * A listener hears one progress bar with the percent and the stage that counts; with `onSelect` each stage is a button.
 */
export function Rail({ name, percent, segments, size = "small", selected = null, onSelect }: RailProps) {
  const isLarge = size === "large";
  const bar = {
    role: "progressbar",
    "aria-label": name,
    "aria-valuemin": 0,
    "aria-valuemax": 100,
    "aria-valuenow": percent,
    "aria-valuetext": `${percent} %, ${spokenStage(segments)}`,
  };
  if (onSelect === undefined)
    return (
      <div {...bar} className={classes("flex", isLarge ? "gap-1" : "gap-0.5")}>
        {segments.map((segment) => (
          <div key={segment.key} className="min-w-1" style={widthOf(segment)}>
            <Track segment={segment} isLarge={isLarge} />
            {isLarge && <Ticks ticks={segment.ticks} />}
          </div>
        ))}
      </div>
    );
  const hasTicks = segments.some(({ ticks = [] }) => isTickable(ticks));
  return (
    <div>
      <div {...bar} className="sr-only" />
      <div className="flex gap-1">
        {segments.map((segment) => (
          <SegmentButton
            key={segment.key}
            segment={segment}
            isSelected={segment.key === selected}
            hasTicks={hasTicks}
            onSelect={() => onSelect(segment.key)}
          />
        ))}
      </div>
    </div>
  );
}

function isTickable(ticks: readonly RailTick[]): boolean {
  return ticks.length > 0 && ticks.length <= MOST_TICKS;
}

function widthOf(segment: RailSegment) {
  return { flexGrow: segment.weight, flexBasis: 0 };
}

/** A stage that can be chosen, its name below where there is room for one. */
function SegmentButton({
  segment,
  isSelected,
  hasTicks,
  onSelect,
}: {
  segment: RailSegment;
  isSelected: boolean;
  /** Whether any stage has ticks: the names of all stand on one line. */
  hasTicks: boolean;
  onSelect: () => void;
}) {
  return (
    <button
      type="button"
      aria-label={`${segment.label}: ${segment.spoken}`}
      aria-pressed={isSelected}
      onClick={onSelect}
      title={`${segment.label}: ${segment.spoken}`}
      className="group @container flex min-w-2 flex-col rounded-hair text-left"
      style={widthOf(segment)}
    >
      <Track segment={segment} isLarge />
      {hasTicks && (
        <span className="block h-2.5 w-full">
          <Ticks ticks={segment.ticks} />
        </span>
      )}
      <span
        className={classes(
          "strip mt-1 hidden w-full truncate py-0.5 group-hover:text-ink @min-[3.25rem]:block",
          isSelected && "text-ink",
        )}
      >
        {segment.label}
      </span>
    </button>
  );
}

function Track({ segment, isLarge }: { segment: RailSegment; isLarge: boolean }) {
  return (
    <div
      data-tone={segment.tone}
      data-percent={Math.floor(segment.fraction * 100)}
      title={`${segment.label}: ${segment.spoken}`}
      className={classes(
        "relative w-full overflow-hidden rounded-hair bg-well ring-1 ring-line ring-inset group-hover:ring-line-strong group-aria-pressed:ring-ink-soft",
        isLarge ? "h-7" : "h-2",
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

function Ticks({ ticks = [] }: { ticks: readonly RailTick[] | undefined }) {
  if (!isTickable(ticks)) return null;
  return (
    <div aria-hidden className="mt-1 flex w-full gap-px">
      {ticks.map((tick) => (
        <div
          key={tick.key}
          title={tick.label}
          className="relative h-1.5 min-w-px grow overflow-hidden rounded-hair bg-well ring-1 ring-line ring-inset"
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

/** The stage that the eye would look at. */
function spokenStage(segments: readonly RailSegment[]): string {
  const order: readonly Tone[] = ["failed", "waiting", "active", "paused", "idle", "done"];
  const found = order.flatMap((tone) => segments.filter((segment) => segment.tone === tone))[0];
  return found === undefined ? "" : `${found.label}: ${found.spoken}`;
}
