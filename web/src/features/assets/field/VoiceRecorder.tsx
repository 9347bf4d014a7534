import { useTranslation } from "react-i18next";

import { Dialog } from "@/components/ui/Dialog";

import { Studio } from "./RecordingStudio";

/** Records a voice in the browser: what to do, the level, and listening before it is used. */
export function VoiceRecorder({ onClose, onDone }: { onClose: () => void; onDone: (file: File) => void }) {
  const { t } = useTranslation("assets");
  return (
    <Dialog isOpen title={t("recordTitle")} lead={t("recordLead")} onClose={onClose}>
      <Studio onDone={onDone} />
    </Dialog>
  );
}
