import { useQuery } from "@tanstack/react-query";
import { Pause, Play } from "lucide-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { IconButton } from "@/components/ui/Button";
import { formatDuration } from "@/lib/format";

import { type Asset, factOf } from "../model/asset";
import { linkQuery, peaksQuery } from "../model/queries";
import { Waveform } from "./Waveform";

const NO_PEAKS: readonly number[] = [];

/** Plays a sound; its waveform is the slider. */
export function Player({ asset }: { asset: Asset }) {
  const { t } = useTranslation("assets");
  const link = useQuery(linkQuery(asset.id, "inline"));
  const peaks = useQuery({ ...peaksQuery(asset), enabled: asset.previews.includes("peaks") });
  const audio = useRef<HTMLAudioElement>(null);
  const [isPlaying, setPlaying] = useState(false);
  const [at, setAt] = useState(0);
  const [isUnplayable, setUnplayable] = useState(false);
  const seconds = factOf(asset, "duration_seconds") ?? 0;
  const Sign = isPlaying ? Pause : Play;
  function toggle() {
    if (isPlaying) audio.current?.pause();
    else void audio.current?.play().catch(() => undefined); // the element tells it too, by onError
  }
  function seek(to: number) {
    setAt(to);
    if (audio.current !== null) audio.current.currentTime = to;
  }
  if (isUnplayable) return <p className="text-small text-ink-soft">{t("cannotShow")}</p>;
  return (
    <div className="flex items-center gap-2 rounded-small bg-well p-2 ring-1 ring-line ring-inset">
      <IconButton label={t(isPlaying ? "pause" : "play", { name: asset.name })} onClick={toggle}>
        <Sign aria-hidden className="size-4" />
      </IconButton>
      <Track name={asset.name} peaks={peaks.data ?? NO_PEAKS} at={at} seconds={seconds} onSeek={seek} />
      <span className="figures shrink-0 text-small text-ink-soft">
        {formatDuration(at)} / {formatDuration(seconds)}
      </span>
      {link.data !== undefined && (
        // eslint-disable-next-line jsx-a11y/media-has-caption -- a sound of the library has no captions
        <audio
          ref={audio}
          src={link.data}
          preload="none"
          onPlay={() => setPlaying(true)}
          onPause={() => setPlaying(false)}
          onEnded={() => setAt(0)}
          onTimeUpdate={(event) => setAt(event.currentTarget.currentTime)}
          onError={() => (link.isStale ? void link.refetch() : setUnplayable(true))}
        />
      )}
    </div>
  );
}

function Track({
  name,
  peaks,
  at,
  seconds,
  onSeek,
}: {
  name: string;
  peaks: readonly number[];
  at: number;
  seconds: number;
  onSeek: (seconds: number) => void;
}) {
  const { t } = useTranslation("assets");
  return (
    <div className="relative h-12 min-w-0 grow rounded-hair has-focus-visible:outline-2 has-focus-visible:outline-focus">
      <Waveform peaks={peaks} played={seconds > 0 ? at / seconds : 0} className="absolute inset-y-1 h-10 w-full" />
      <input
        type="range"
        aria-label={t("placeIn", { name })}
        aria-valuetext={`${formatDuration(at)} / ${formatDuration(seconds)}`}
        min={0}
        max={Math.max(seconds, 0.1)}
        step={0.1}
        value={Math.min(at, seconds)}
        onChange={(event) => onSeek(event.target.valueAsNumber)}
        className="absolute inset-0 size-full cursor-pointer opacity-0"
      />
    </div>
  );
}
