import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { Failure } from "@/components/errors/Failure";
import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";

interface ConfirmDialogProps {
  isOpen: boolean;
  title: string;
  lead: ReactNode;
  action: string;
  isBusy: boolean;
  failure: Error | null;
  onClose: () => void;
  onConfirm: () => void;
}

/** Before what cannot be taken back. */
export function ConfirmDialog({
  isOpen,
  title,
  lead,
  action,
  isBusy,
  failure,
  onClose,
  onConfirm,
}: ConfirmDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title={title}
      actions={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button look="danger" isBusy={isBusy} onClick={onConfirm}>
            {action}
          </Button>
        </>
      }
    >
      <p className="break-words">{lead}</p>
      {failure !== null && (
        <div className="mt-4">
          <Failure failure={failure} />
        </div>
      )}
    </Dialog>
  );
}
