import { Pause, Play } from "lucide-react";
import { type RefObject, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { useLastingSource } from "@/components/ui/lasting-source";
import { formatDuration } from "@/lib/format";
import { styleNonce } from "@/lib/nonce";
import { useObservable } from "@/lib/observable";
import { useMedia } from "@/lib/scope";
import { theme } from "@/lib/theme";

/** Beyond it a browser would hold hundreds of megabytes of samples to draw one line. */
const MOST_DRAWN_BYTES = 60_000_000;
/** An arrow key moves by this part of the whole. */
const STEPS = 200;

interface AudioPlayerProps {
  src: string;
  name: string;
  sizeBytes: number;
  /** Gives a link in place of one that ended. */
  renew: () => Promise<string | null>;
}

/** A sound with its form: the form is a slider, for the pointer and for keys. */
export function AudioPlayer({ src, name, sizeBytes, renew }: AudioPlayerProps) {
  const { t } = useTranslation();
  const media = useRef<HTMLAudioElement>(null);
  const [isPlaying, setPlaying] = useState(false);
  const [seconds, setSeconds] = useState(0);
  const [duration, setDuration] = useState(0);
  const source = useLastingSource(src, renew);
  if (source.isBroken)
    return <p className="rounded-small bg-well px-4 py-6 text-center text-small">{t("cannotPlay")}</p>;
  return (
    <div className="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-4 gap-y-1 rounded-small bg-well p-3 ring-1 ring-line ring-inset sm:grid-cols-[auto_minmax(0,1fr)_auto]">
      {/* eslint-disable-next-line jsx-a11y/media-has-caption -- a sound whose text stands beside it, where there is one */}
      <audio
        ref={media}
        src={source.src}
        preload="metadata"
        onError={source.onError}
        onLoadedMetadata={(event) => {
          setDuration(finite(event.currentTarget.duration));
          source.onLoadedMetadata(event);
        }}
        onDurationChange={(event) => setDuration(finite(event.currentTarget.duration))}
        onTimeUpdate={(event) => setSeconds(event.currentTarget.currentTime)}
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
      />
      <button
        type="button"
        aria-label={isPlaying ? t("pauseName", { name }) : t("playName", { name })}
        onClick={() => (isPlaying ? media.current?.pause() : void media.current?.play())}
        className="grid size-11 place-items-center rounded-full bg-signal text-on-signal hover:brightness-105"
      >
        {isPlaying ? <Pause aria-hidden className="size-5" /> : <Play aria-hidden className="ml-0.5 size-5" />}
      </button>
      <div className="relative h-14 rounded-hair has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus">
        {duration > 0 && (
          <Form media={media} src={src} isDrawn={sizeBytes <= MOST_DRAWN_BYTES} fraction={seconds / duration} />
        )}
        <input
          type="range"
          aria-label={t("positionIn", { name })}
          aria-valuetext={`${formatDuration(seconds)} / ${formatDuration(duration)}`}
          min={0}
          max={duration}
          step={duration / STEPS || 1}
          value={seconds}
          onChange={(event) => {
            if (media.current !== null) media.current.currentTime = event.target.valueAsNumber;
            setSeconds(event.target.valueAsNumber);
          }}
          className="absolute inset-0 size-full cursor-pointer opacity-0"
        />
      </div>
      <span className="figures col-start-2 text-right text-ink-soft sm:col-start-3">
        {formatDuration(seconds)} / {formatDuration(duration)}
      </span>
    </div>
  );
}

function finite(seconds: number): number {
  return Number.isFinite(seconds) ? seconds : 0;
}

interface FormProps {
  media: RefObject<HTMLAudioElement | null>;
  src: string;
  isDrawn: boolean;
  fraction: number;
}

/** The form of the sound; a plain line until it is drawn, and where it is too long to be. */
function Form({ media, src, isDrawn, fraction }: FormProps) {
  const box = useRef<HTMLDivElement>(null);
  const played = useRef<HTMLSpanElement>(null);
  const [firstSrc] = useState(src);
  const [hasForm, setHasForm] = useState(false);
  const chosenTheme = useObservable(theme);
  const isDark = useMedia("(prefers-color-scheme: dark)");
  useEffect(() => {
    if (!isDrawn || box.current === null || played.current === null || media.current === null) return;
    const look = {
      rest: getComputedStyle(box.current).color,
      played: getComputedStyle(played.current).color,
      nonce: styleNonce(),
    };
    return drawLater(box.current, media.current, firstSrc, look, () => setHasForm(true));
  }, [media, firstSrc, isDrawn, chosenTheme, isDark]);
  return (
    <>
      <div ref={box} aria-hidden className="absolute inset-0 text-line-strong" />
      <span ref={played} className="hidden text-signal-strong" />
      {!hasForm && (
        <div aria-hidden className="absolute inset-x-0 top-1/2 h-1 -translate-y-1/2 overflow-hidden bg-line">
          <div className="h-full origin-left bg-signal-strong" style={{ transform: `scaleX(${fraction})` }} />
        </div>
      )}
    </>
  );
}

type Drawing = typeof import("@/audio/waveform");

/** Loads the drawing and the sound, and draws. Gives what ends it, at whatever point it is. */
function drawLater(
  box: HTMLElement,
  media: HTMLMediaElement,
  src: string,
  look: Parameters<Drawing["drawWaveform"]>[3],
  onDrawn: () => void,
): () => void {
  const over = new AbortController();
  let remove = (): void => undefined;
  async function draw() {
    const { loadPeaks, drawWaveform } = await import("@/audio/waveform");
    const peaks = await loadPeaks(src, over.signal);
    if (over.signal.aborted) return;
    remove = drawWaveform(box, media, peaks, look);
    onDrawn();
  }
  draw().catch(() => undefined); // the plain line stays
  return () => {
    over.abort();
    remove();
  };
}
