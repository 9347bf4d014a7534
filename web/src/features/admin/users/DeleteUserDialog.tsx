import { useId, useState } from "react";
import { useTranslation } from "react-i18next";

import { Failure } from "@/components/errors/Failure";
import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { TextField } from "@/components/ui/Field";
import { notify } from "@/lib/notices";
import type { User } from "@/lib/session";

import { nameOf, useDeleteUser } from "../model/users";

/** The one thing that cannot be taken back: says what goes along, and asks for the name. */
export function DeleteUserDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const { t } = useTranslation("admin");
  const { t: tCommon } = useTranslation();
  const formId = useId();
  const deletion = useDeleteUser();
  const [isMismatch, setMismatch] = useState(false);
  const [typed, setTyped] = useState("");

  function deleteNow() {
    const isMeant = typed.trim() === user.username;
    setMismatch(!isMeant);
    if (!isMeant) return;
    const done = () => {
      notify({ tone: "done", text: t("deleteDone", { name: nameOf(user) }) });
      onClose();
    };
    deletion.mutate(user.id, { onSuccess: done });
  }

  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t("deleteTitle", { name: nameOf(user) })}
      lead={t("deleteLead")}
      actions={
        <>
          <Button onClick={onClose}>{tCommon("cancel")}</Button>
          <Button look="danger" type="submit" form={formId} isBusy={deletion.isPending}>
            {t("deleteNow")}
          </Button>
        </>
      }
    >
      <WhatGoes />
      <form
        id={formId}
        noValidate
        className="mt-5 grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          deleteNow();
        }}
      >
        <TextField
          label={t("deleteConfirm", { username: user.username })}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          error={isMismatch ? t("deleteMismatch") : undefined}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
        />
        {deletion.error !== null && <Failure failure={deletion.error} />}
      </form>
    </Dialog>
  );
}

function WhatGoes() {
  const { t } = useTranslation("admin");
  return (
    <div className="grid gap-3 text-small">
      <p className="font-medium">{t("deleteTakes")}</p>
      <ul className="grid list-disc gap-1 pl-5 marker:text-failed-ink">
        <li>{t("deleteJobs")}</li>
        <li>{t("deleteAssets")}</li>
        <li>{t("deleteKeys")}</li>
        <li>{t("deleteSessions")}</li>
      </ul>
      <p className="text-ink-soft">{t("deleteStays")}</p>
      <p className="text-ink-soft">{t("deleteInstead")}</p>
    </div>
  );
}
