import { useQuery } from "@tanstack/react-query";
import { AudioLines, FileArchive, FileText, Film, Image, type LucideIcon } from "lucide-react";

import { classes } from "@/lib/classes";

import { type Asset, type Content, contentOf } from "../model/asset";
import { peaksQuery, thumbnailQuery } from "../model/queries";
import { Waveform } from "./Waveform";

const PICTURES: Record<Content, LucideIcon> = {
  image: Image,
  audio: AudioLines,
  video: Film,
  text: FileText,
  zip: FileArchive,
};

/** An asset at a glance: its small picture, the shape of its sound, or a sign of what it is. Fills its place. */
export function Preview({ asset, className }: { asset: Asset; className?: string }) {
  const content = contentOf(asset.kind);
  return (
    <span className={classes("grid place-items-center overflow-hidden bg-well", className)}>
      {asset.previews.includes("thumbnail") ? (
        <Thumbnail asset={asset} />
      ) : asset.previews.includes("peaks") ? (
        <Sound asset={asset} />
      ) : (
        <Sign content={content} />
      )}
    </span>
  );
}

function Thumbnail({ asset }: { asset: Asset }) {
  const picture = useQuery(thumbnailQuery(asset));
  if (picture.data === undefined) return <Sign content={contentOf(asset.kind)} />;
  return <img src={picture.data} alt="" draggable={false} className="size-full object-cover" />;
}

function Sound({ asset }: { asset: Asset }) {
  const peaks = useQuery(peaksQuery(asset));
  if (peaks.data === undefined) return <Sign content="audio" />;
  return <Waveform peaks={peaks.data} className="h-1/2 w-[86%]" />;
}

function Sign({ content }: { content: Content | null }) {
  const Picture = content === null ? FileText : PICTURES[content];
  return <Picture aria-hidden className="size-6 text-ink-faint" />;
}
