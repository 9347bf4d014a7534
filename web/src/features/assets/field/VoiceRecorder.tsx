import { useTranslation } from "react-i18next";

import { Dialog } from "@/components/ui/Dialog";

import { RECORDINGS, type RecordingKind } from "./recording-kinds";
import { Studio } from "./RecordingStudio";

/** Records in the browser: what to do, the level, and listening before it is used. */
export function VoiceRecorder({
  kind,
  onClose,
  onDone,
}: {
  kind: RecordingKind;
  onClose: () => void;
  onDone: (file: File) => void;
}) {
  const { t } = useTranslation("assets");
  const { title, lead } = RECORDINGS[kind];
  return (
    <Dialog isOpen title={t(title)} lead={t(lead)} onClose={onClose}>
      <Studio kind={kind} onDone={onDone} />
    </Dialog>
  );
}
