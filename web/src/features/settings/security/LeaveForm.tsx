import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Failure } from "@/components/errors/Failure";
import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { PasswordField } from "@/components/ui/PasswordField";
import { answered, api } from "@/lib/api";
import { fieldErrors, textsOf } from "@/lib/form";
import { endSession } from "@/lib/session";

async function leave(password: string): Promise<void> {
  await answered(api.POST("/api/auth/leave", { body: { password } }));
}

export function LeaveForm() {
  const { t } = useTranslation("settings");
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-4">
        <p className="min-w-0 grow basis-64 text-small text-ink-soft">{t("leaveLead")}</p>
        <Button look="danger" onClick={() => setOpen(true)}>
          {t("leave")}
        </Button>
      </div>
      <LeaveDialog isOpen={isOpen} onClose={() => setOpen(false)} />
    </>
  );
}

function LeaveDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation("settings");
  const leaving = useMutation({ mutationFn: leave, onSuccess: () => endSession("none") });
  const wrong = fieldErrors(leaving.error, { wrong_password: "password" });
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t("leaveTitle")} lead={t("leaveLead")}>
      <form
        className="grid gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          leaving.mutate(textsOf(event.currentTarget, "password").password);
        }}
      >
        <PasswordField
          name="password"
          label={t("emailPassword")}
          error={wrong.password}
          autoComplete="current-password"
          required
        />
        {leaving.error !== null && wrong.password === undefined && <Failure failure={leaving.error} />}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>{t("cancel", { ns: "common" })}</Button>
          <Button type="submit" look="danger" isBusy={leaving.isPending}>
            {t("leaveConfirm")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
