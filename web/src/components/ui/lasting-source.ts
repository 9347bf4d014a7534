import { type SyntheticEvent, useState } from "react";

export interface LastingSource {
  src: string;
  isBroken: boolean;
  onError: (event: SyntheticEvent<HTMLMediaElement>) => void;
  onLoadedMetadata: (event: SyntheticEvent<HTMLMediaElement>) => void;
}

/**
 * A source of a media element whose link ends after a while. The link in use stays, as another would start it anew; when it
 * fails, it goes on at the same place with the link that `renew` gives. What fails at once again is broken.
 */
export function useLastingSource(link: string, renew: () => Promise<string | null>): LastingSource {
  const [src, setSrc] = useState(link);
  const [isBroken, setBroken] = useState(false);
  const [place, setPlace] = useState<{ seconds: number; wasPlaying: boolean } | null>(null);

  async function goOn(media: HTMLMediaElement): Promise<void> {
    const isOver = media.error?.code !== MediaError.MEDIA_ERR_DECODE && place === null;
    const fresh = isOver ? await renew() : null;
    if (fresh === null) {
      setBroken(true);
      return;
    }
    setPlace({ seconds: media.currentTime, wasPlaying: !media.paused });
    setSrc(fresh);
  }

  return {
    src,
    isBroken,
    onError: ({ currentTarget }) => void goOn(currentTarget),
    onLoadedMetadata({ currentTarget }) {
      if (place === null) return;
      currentTarget.currentTime = place.seconds;
      if (place.wasPlaying) void currentTarget.play();
      setPlace(null);
    },
  };
}
