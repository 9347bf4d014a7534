import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { VideoPlayer } from "@/components/ui/VideoPlayer";

import type { Artifact } from "../../model/job";
import { fileLinkQuery } from "../queries";

interface FilmProps {
  jobId: string;
  url: string;
  name: string;
  subtitles: Artifact | null;
  renew: () => Promise<string | null>;
}

/** A film, with the subtitles that the same stage left. */
export function Film({ subtitles, ...rest }: FilmProps) {
  return subtitles === null ? (
    <VideoPlayer src={rest.url} name={rest.name} renew={rest.renew} />
  ) : (
    <SubtitledFilm subtitles={subtitles} {...rest} />
  );
}

function SubtitledFilm({ jobId, url, name, subtitles, renew }: FilmProps & { subtitles: Artifact }) {
  const { t } = useTranslation("job");
  const { data: link } = useQuery({ ...fileLinkQuery(jobId, subtitles, "inline"), refetchInterval: false });
  const track = link === undefined ? null : { src: link.url, label: t("subtitles"), language: "" };
  return <VideoPlayer src={url} name={name} renew={renew} track={track} />;
}
