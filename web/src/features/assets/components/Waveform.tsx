import { useId } from "react";

import { classes } from "@/lib/classes";

const BARS = 96;
const HEIGHT = 100;
const SMALLEST = 3;

/** The shape of a sound; what was played, a fraction of it, is lit. */
export function Waveform({
  peaks,
  played = 0,
  className,
}: {
  peaks: readonly number[];
  played?: number;
  className?: string;
}) {
  const id = useId();
  const path = shapeOf(peaks);
  return (
    <svg
      aria-hidden
      viewBox={`0 0 ${BARS * 2} ${HEIGHT}`}
      preserveAspectRatio="none"
      className={classes("block", className)}
    >
      <path d={path} className="fill-idle" />
      {played > 0 && (
        <>
          <clipPath id={id}>
            <rect width={BARS * 2 * played} height={HEIGHT} />
          </clipPath>
          <path d={path} clipPath={`url(#${id})`} className="fill-signal-strong" />
        </>
      )}
    </svg>
  );
}

/** Bars as loud as the loudest moment of their share, the whole as high as its loudest. */
function shapeOf(peaks: readonly number[]): string {
  const loudest = Math.max(...peaks.slice(0, 50_000), 0.02);
  const bars = Array.from({ length: BARS }, (_, bar) => {
    const [from, to] = [Math.floor((bar * peaks.length) / BARS), Math.ceil(((bar + 1) * peaks.length) / BARS)];
    const height = Math.max(SMALLEST, (Math.max(0, ...peaks.slice(from, to)) / loudest) * HEIGHT);
    return `M${bar * 2 + 0.3} ${(HEIGHT - height) / 2}h1.400v${height}h-1.400z`;
  });
  return bars.join("");
}
