import type { ReactNode } from "react";

import type { Hearing } from "@/audio/audition";
import { classes } from "@/lib/classes";

import { HearButton } from "./HearButton";

interface VoiceRowProps {
  group: string;
  title: string;
  detail: ReactNode;
  isChosen: boolean;
  /** Null where there is nothing to hear. */
  hearing: Hearing["state"] | null;
  onChoose: () => void;
  onPlay: () => void;
  onStop: () => void;
}

export function VoiceRow({ group, title, detail, isChosen, hearing, onChoose, onPlay, onStop }: VoiceRowProps) {
  return (
    <div className={classes("flex items-center gap-1 pr-1.5", isChosen ? "bg-hover" : "hover:bg-hover/60")}>
      <label className="flex min-h-11 min-w-0 grow cursor-pointer items-center gap-3 py-1.5 pl-3">
        <input
          type="radio"
          name={group}
          checked={isChosen}
          onChange={onChoose}
          className="size-4.5 shrink-0 accent-signal-strong"
        />
        <span className="flex min-w-0 grow flex-wrap items-center gap-x-3 gap-y-0.5">
          <span className="min-w-0 grow break-words">{title}</span>
          {detail}
        </span>
      </label>
      {hearing !== null && (
        <HearButton title={title} state={hearing} isReachable={isChosen} onPlay={onPlay} onStop={onStop} />
      )}
    </div>
  );
}
