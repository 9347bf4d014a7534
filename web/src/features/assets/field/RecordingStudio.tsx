import { Mic, Square } from "lucide-react";
import { useCallback, useEffect, useReducer, useState } from "react";
import { useTranslation } from "react-i18next";

import { Recorder, RecordingFailed, type NoRecording } from "@/audio/recorder";
import { Button } from "@/components/ui/Button";
import { formatDuration } from "@/lib/format";
import { useInterval } from "@/lib/scope";

import { ObjectAddress } from "../components/object-address";
import { LevelMeter } from "./LevelMeter";
import { RECORDINGS, type RecordingKind } from "./recording-kinds";

const METER_MS = 80;

interface Take {
  bytes: Blob;
  ending: string;
  seconds: number;
}

type Studio =
  | { at: "rest"; problem: NoRecording | null }
  | { at: "asking" }
  | { at: "recording"; recorder: Recorder }
  | { at: "listening"; take: Take };

/** From the first word to the file: rest, recording, listening. */
export function Studio({ kind, onDone }: { kind: RecordingKind; onDone: (file: File) => void }) {
  const { t } = useTranslation("assets");
  const [studio, setStudio] = useState<Studio>({ at: "rest", problem: null });
  const recorder = studio.at === "recording" ? studio.recorder : null;
  useEffect(() => () => recorder?.discard(), [recorder]);

  async function record() {
    setStudio({ at: "asking" });
    try {
      setStudio({ at: "recording", recorder: await Recorder.start() });
    } catch (failure) {
      setStudio({ at: "rest", problem: failure instanceof RecordingFailed ? failure.reason : "no-microphone" });
    }
  }
  async function stop(running: Recorder) {
    const { seconds } = running;
    setStudio({ at: "listening", take: { ...(await running.stop()), seconds } });
  }
  if (studio.at === "recording") return <Running kind={kind} recorder={studio.recorder} onStop={stop} />;
  if (studio.at === "listening")
    return <Listening kind={kind} take={studio.take} onAgain={() => void record()} onDone={onDone} />;
  return (
    <div className="grid gap-4">
      {studio.at === "rest" && studio.problem !== null && <NoMicrophone reason={studio.problem} />}
      {RECORDINGS[kind].hasPassage && <Passage />}
      <Button
        look="primary"
        isBusy={studio.at === "asking"}
        icon={<Mic aria-hidden className="size-4" />}
        onClick={() => void record()}
      >
        {t("recordStart")}
      </Button>
    </div>
  );
}

interface RunningProps {
  kind: RecordingKind;
  recorder: Recorder;
  onStop: (recorder: Recorder) => Promise<void>;
}

function Running({ kind, recorder, onStop }: RunningProps) {
  const { t } = useTranslation("assets");
  const { leastSeconds, mostSeconds, hasPassage } = RECORDINGS[kind];
  const [heard, look] = useReducer(() => ({ level: recorder.level(), seconds: recorder.seconds }), {
    level: 0,
    seconds: 0,
  });
  const step = useCallback(() => {
    look();
    if (recorder.seconds >= mostSeconds) void onStop(recorder);
  }, [recorder, onStop, mostSeconds]);
  useInterval(step, METER_MS);
  const isShort = heard.seconds < leastSeconds;
  return (
    <div className="grid gap-4">
      {hasPassage && <Passage />}
      <LevelMeter level={heard.level} />
      <p className="flex justify-between gap-4 text-small">
        <span>
          {isShort
            ? t("recordMore", { count: leastSeconds })
            : t("recordEnough", { length: formatDuration(mostSeconds) })}
        </span>
        <span className="figures">
          {formatDuration(heard.seconds)} / {formatDuration(mostSeconds)}
        </span>
      </p>
      <Button look="primary" icon={<Square aria-hidden className="size-4" />} onClick={() => void onStop(recorder)}>
        {t("recordStop")}
      </Button>
    </div>
  );
}

interface ListeningProps {
  kind: RecordingKind;
  take: Take;
  onAgain: () => void;
  onDone: (file: File) => void;
}

function Listening({ kind, take, onAgain, onDone }: ListeningProps) {
  const { t } = useTranslation("assets");
  const { leastSeconds } = RECORDINGS[kind];
  const [address] = useState(() => new ObjectAddress(take.bytes));
  useEffect(() => address.hold(), [address]);
  const isShort = take.seconds < leastSeconds;
  function use() {
    onDone(new File([take.bytes], `${t("recordingName")}.${take.ending}`, { type: take.bytes.type }));
  }
  return (
    <div className="grid gap-4">
      {/* eslint-disable-next-line jsx-a11y/media-has-caption -- one's own voice, just spoken */}
      <audio controls src={address.text} aria-label={t("recordListen")} className="w-full" />
      <p className={isShort ? "text-small text-failed-ink" : "text-small text-ink-soft"}>
        {isShort
          ? t("recordTooShort", { length: formatDuration(take.seconds), count: leastSeconds })
          : t("recordCheck")}
      </p>
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onAgain}>{t("recordAgain")}</Button>
        <Button look="primary" disabled={isShort} onClick={use}>
          {t("recordUse")}
        </Button>
      </div>
    </div>
  );
}

/** Something to say, so that nobody has to think of words. */
function Passage() {
  const { t } = useTranslation("assets");
  return (
    <div className="grid gap-1.5">
      <p className="strip">{t("recordRead")}</p>
      <p className="rounded-small bg-well p-4 text-lead ring-1 ring-line ring-inset">{t("recordPassage")}</p>
    </div>
  );
}

const REASONS = {
  refused: "micRefused",
  "no-microphone": "micMissing",
  insecure: "micInsecure",
  unsupported: "micUnsupported",
} as const satisfies Record<NoRecording, string>;

function NoMicrophone({ reason }: { reason: NoRecording }) {
  const { t } = useTranslation("assets");
  return (
    <p role="alert" className="rounded-small border border-failed/50 bg-failed/8 px-4 py-3 text-small">
      {t(REASONS[reason])}
    </p>
  );
}
