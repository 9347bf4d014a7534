import { useTranslation } from "react-i18next";

import { AudioPlayer } from "@/components/ui/AudioPlayer";
import { VideoPlayer } from "@/components/ui/VideoPlayer";

import { mediumOf, type SharedFile } from "../model/shared";

interface MediumProps {
  file: SharedFile;
  title: string;
  /** Links. */
  poster: string | undefined;
  subtitles: string | undefined;
  /** Gives a link to the file in place of one that ended. */
  renew: () => Promise<string | null>;
}

/** One result, large. */
export function Medium({ file, title, poster, subtitles, renew }: MediumProps) {
  const { t } = useTranslation("share");
  const medium = mediumOf(file);
  if (medium === "image")
    return <img src={file.url} alt={title} className="max-h-[80dvh] w-full rounded-small bg-well object-contain" />;
  if (medium === "audio") return <AudioPlayer src={file.url} name={title} sizeBytes={file.size_bytes} renew={renew} />;
  const track = subtitles === undefined ? null : { src: subtitles, label: t("subtitles"), language: "" };
  return <VideoPlayer src={file.url} name={title} poster={poster} track={track} renew={renew} />;
}
