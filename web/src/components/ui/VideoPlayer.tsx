import { useTranslation } from "react-i18next";

import { useLastingSource } from "@/components/ui/lasting-source";

export interface VideoTrack {
  src: string;
  label: string;
  /** A language tag; empty where it is not known. */
  language: string;
}

interface VideoPlayerProps {
  src: string;
  name: string;
  track?: VideoTrack | null;
  /** A link to the picture that is shown before it plays. */
  poster?: string | undefined;
  /** Gives a link in place of one that ended. */
  renew: () => Promise<string | null>;
}

/** A film with the controls of the browser, and its subtitles. */
export function VideoPlayer({ src, name, track = null, poster, renew }: VideoPlayerProps) {
  const { t } = useTranslation();
  const { isBroken, ...source } = useLastingSource(src, renew);
  if (isBroken) return <p className="rounded-small bg-well px-4 py-8 text-center text-small">{t("cannotPlay")}</p>;
  return (
    // eslint-disable-next-line jsx-a11y/media-has-caption -- it has one where there are subtitles
    <video
      {...source}
      controls
      playsInline
      preload="metadata"
      poster={poster}
      aria-label={name}
      className="mx-auto aspect-video max-h-[70dvh] w-full rounded-small bg-black"
    >
      {track !== null && (
        <track key={track.src} default kind="captions" src={track.src} label={track.label} srcLang={track.language} />
      )}
    </video>
  );
}
