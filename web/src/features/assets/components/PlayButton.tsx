import { useQuery } from "@tanstack/react-query";
import { Pause, Play } from "lucide-react";
import { useTranslation } from "react-i18next";

import { IconButton } from "@/components/ui/Button";
import { notify } from "@/lib/notices";

import type { Asset } from "../model/asset";
import { linkQuery } from "../model/queries";

/** Plays a sound where it is listed. */
export function PlayButton({
  asset,
  isPlaying,
  onPlay,
  className,
}: {
  asset: Asset;
  isPlaying: boolean;
  onPlay: (assetId: string | null) => void;
  className?: string;
}) {
  const { t } = useTranslation("assets");
  const link = useQuery({ ...linkQuery(asset.id, "inline"), enabled: isPlaying });
  const Sign = isPlaying ? Pause : Play;
  function stop() {
    onPlay(null);
  }
  return (
    <>
      <IconButton
        label={t(isPlaying ? "pause" : "play", { name: asset.name })}
        onClick={() => onPlay(isPlaying ? null : asset.id)}
        {...(className !== undefined && { className })}
      >
        <Sign aria-hidden className="size-4" />
      </IconButton>
      {isPlaying && link.data !== undefined && (
        // eslint-disable-next-line jsx-a11y/media-has-caption -- a sound of the library has no captions
        <audio
          autoPlay
          src={link.data}
          onEnded={stop}
          onError={() => {
            stop();
            notify({ tone: "failed", text: t("cannotPlay", { name: asset.name }), detail: t("cannotPlayHint") });
          }}
        />
      )}
    </>
  );
}
