import { Library, Mic } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { classes } from "@/lib/classes";

import { useDrop } from "../components/drop";
import { FileInput } from "../components/FileInput";
import { ACCEPTED, type AssetKind } from "../model/asset";
import { isRecorded } from "./recording-kinds";

const PortraitCrop = lazy(async () => ({ default: (await import("./PortraitCrop")).PortraitCrop }));
const VoiceRecorder = lazy(async () => ({ default: (await import("./VoiceRecorder")).VoiceRecorder }));

/** Where a file comes in: from the library, by a dialog, dropped, pasted, or recorded. A portrait is cropped first. */
export function FileWell({
  kind,
  onFile,
  onPick,
  onKeep,
}: {
  kind: AssetKind;
  onFile: (file: File, isFromDisk: boolean) => void;
  onPick: () => void;
  /** Where the field holds a file already: stays with it. */
  onKeep?: () => void;
}) {
  const { t } = useTranslation("assets");
  const [picture, setPicture] = useState<File | null>(null);
  const [isRecording, setRecording] = useState(false);
  const { isOver, place } = useDrop(take);

  function take([file]: File[]) {
    if (file === undefined) return;
    if (kind === "portrait" && file.type.startsWith("image/")) setPicture(file);
    else onFile(file, true);
  }
  return (
    <div
      {...place}
      className={classes(
        "grid gap-3 rounded-small border border-dashed p-4 transition-colors",
        isOver ? "border-signal-strong bg-signal/10" : "border-line-strong/70 bg-well/50",
      )}
    >
      <div className="flex flex-wrap gap-2">
        <FileInput accept={ACCEPTED[kind]} onFiles={take}>
          {t("uploadFile")}
        </FileInput>
        {isRecorded(kind) && (
          <Button icon={<Mic aria-hidden className="size-4" />} onClick={() => setRecording(true)}>
            {t("record")}
          </Button>
        )}
        <Button icon={<Library aria-hidden className="size-4" />} onClick={onPick}>
          {t("fromLibrary")}
        </Button>
        {onKeep !== undefined && (
          <Button look="quiet" onClick={onKeep}>
            {t("keepChosen")}
          </Button>
        )}
      </div>
      <p className="text-small text-ink-soft">{isOver ? t("dropHere") : t("dropHint")}</p>
      <Suspense fallback={null}>
        {picture !== null && (
          <PortraitCrop
            picture={picture}
            onClose={() => setPicture(null)}
            onDone={(file, isFromDisk) => {
              setPicture(null);
              onFile(file, isFromDisk);
            }}
          />
        )}
        {isRecording && isRecorded(kind) && (
          <VoiceRecorder
            kind={kind}
            onClose={() => setRecording(false)}
            onDone={(file) => {
              setRecording(false);
              onFile(file, false);
            }}
          />
        )}
      </Suspense>
    </div>
  );
}
