import { useTranslation } from "react-i18next";

import { ConfirmDialog } from "../components/ConfirmDialog";
import { SecretDialog } from "./SecretDialog";
import type { WebhookActions } from "./use-webhook-actions";

interface WebhookDialogsProps {
  asked: "delete" | "rotate" | null;
  acts: WebhookActions;
  onClose: () => void;
}

export function WebhookDialogs({ asked, acts: { deleting, rotating }, onClose }: WebhookDialogsProps) {
  const { t } = useTranslation("settings");
  if (asked === "rotate" && rotating.data !== undefined) {
    return (
      <SecretDialog
        secret={rotating.data.secret}
        onClose={() => {
          rotating.reset();
          onClose();
        }}
      />
    );
  }
  return (
    <>
      <ConfirmDialog
        isOpen={asked === "rotate"}
        title={t("rotate")}
        lead={t("rotateLead")}
        action={t("rotate")}
        isBusy={rotating.isPending}
        failure={rotating.error}
        onClose={onClose}
        onConfirm={() => rotating.mutate()}
      />
      <ConfirmDialog
        isOpen={asked === "delete"}
        title={t("deleteWebhookTitle")}
        lead={t("deleteWebhookLead")}
        action={t("deleteWebhook")}
        isBusy={deleting.isPending}
        failure={deleting.error}
        onClose={onClose}
        onConfirm={() => deleting.mutate()}
      />
    </>
  );
}
