import { LoaderCircle, Play, Square } from "lucide-react";
import { useTranslation } from "react-i18next";

import type { Hearing } from "@/audio/audition";
import { IconButton } from "@/components/ui/Button";

interface HearButtonProps {
  title: string;
  state: Hearing["state"];
  /** Whether Tab leads here: in a list of hundreds only to the chosen one. */
  isReachable: boolean;
  onPlay: () => void;
  onStop: () => void;
}

/** Plays the sample of a voice, or stops it. */
export function HearButton({ title, state, isReachable, onPlay, onStop }: HearButtonProps) {
  const { t } = useTranslation("create");
  const isSilent = state === "silent";
  const Icon = { silent: Play, loading: LoaderCircle, playing: Square }[state];
  return (
    <IconButton
      label={isSilent ? t("voiceHear", { name: title }) : t("voiceStop", { name: title })}
      aria-busy={state === "loading"}
      tabIndex={isReachable ? 0 : -1}
      onClick={isSilent ? onPlay : onStop}
    >
      <Icon aria-hidden className={state === "loading" ? "size-4 animate-turn" : "size-4"} />
    </IconButton>
  );
}
