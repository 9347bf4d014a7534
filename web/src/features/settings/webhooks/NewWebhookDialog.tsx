import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { Failure } from "@/components/errors/Failure";
import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { CheckField, TextField } from "@/components/ui/Field";
import { fieldErrors, textsOf } from "@/lib/form";

import { SecretDialog } from "./SecretDialog";
import { createWebhook, eventWord, type NewWebhook, WEBHOOK_EVENTS, webhookKeys } from "./webhooks";

/** Once it is made, the dialog shows the secret this one time. */
export function NewWebhookDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("settings");
  const queries = useQueryClient();
  const making = useMutation({
    mutationFn: createWebhook,
    onSuccess: () => void queries.invalidateQueries({ queryKey: webhookKeys.list }),
  });
  if (making.data !== undefined) return <SecretDialog secret={making.data.secret} onClose={onClose} />;
  const wrong = fieldErrors(making.error, { address_refused: "url" });
  return (
    <Dialog isOpen onClose={onClose} title={t("newWebhook")}>
      <form
        className="grid gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          making.mutate(wantedIn(event.currentTarget));
        }}
      >
        <TextField
          name="url"
          type="url"
          label={t("url")}
          hint={t("urlHint")}
          error={wrong.url}
          maxLength={2048}
          placeholder="https://"
          required
          autoFocus
        />
        <TextField name="description" dir="auto" label={t("description")} error={wrong.description} maxLength={500} />
        <fieldset className="grid gap-2">
          <legend className="mb-2 text-small font-medium text-ink-soft">{t("events")}</legend>
          {WEBHOOK_EVENTS.map((event) => (
            <CheckField
              key={event}
              name="events"
              value={event}
              label={eventWord(t, event)}
              defaultChecked={event !== "job.started"}
            />
          ))}
        </fieldset>
        {making.error !== null && Object.keys(wrong).length === 0 && <Failure failure={making.error} />}
        <div className="flex justify-end">
          <Button type="submit" look="primary" isBusy={making.isPending}>
            {t("makeWebhook")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** With no event chosen it hears of everything. */
function wantedIn(form: HTMLFormElement): NewWebhook {
  const given = new FormData(form).getAll("events");
  const chosen = WEBHOOK_EVENTS.filter((event) => given.includes(event));
  return {
    ...textsOf(form, "url", "description"),
    events: chosen.length === 0 ? ["*"] : chosen,
    is_active: true,
  };
}
