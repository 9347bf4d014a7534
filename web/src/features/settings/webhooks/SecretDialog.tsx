import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { CopyField } from "@/components/ui/CopyField";
import { Dialog } from "@/components/ui/Dialog";

export function SecretDialog({ secret, onClose }: { secret: string; onClose: () => void }) {
  const { t } = useTranslation("settings");
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t("secretTitle")}
      lead={t("secretLead")}
      actions={
        <Button look="primary" onClick={onClose}>
          {t("done")}
        </Button>
      }
    >
      <CopyField label={t("secretTitle")} value={secret} />
    </Dialog>
  );
}
