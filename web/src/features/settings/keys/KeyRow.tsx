import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Ago } from "@/components/ui/Ago";
import { Button } from "@/components/ui/Button";
import { formatDate } from "@/lib/format";
import { notify } from "@/lib/notices";
import { useNow } from "@/lib/scope";

import { ConfirmDialog } from "../components/ConfirmDialog";
import { Row } from "../components/Rows";
import { type ApiKey, deleteKey, keysQuery, scopeWord } from "./keys";

export function KeyRow({ apiKey }: { apiKey: ApiKey }) {
  const { t } = useTranslation("settings");
  const queries = useQueryClient();
  const [asks, ask] = useState(false);
  const deleting = useMutation({
    mutationFn: () => deleteKey(apiKey.id),
    onSuccess() {
      notify({ tone: "done", text: t("keyDeleted"), detail: apiKey.name });
      return queries.invalidateQueries({ queryKey: keysQuery.queryKey });
    },
  });
  return (
    <>
      <Row
        title={<span dir="auto">{apiKey.name}</span>}
        facts={<KeyFacts apiKey={apiKey} />}
        actions={
          <Button size="small" aria-label={t("deleteKey", { name: apiKey.name })} onClick={() => ask(true)}>
            {t("delete", { ns: "common" })}
          </Button>
        }
      />
      <ConfirmDialog
        isOpen={asks}
        title={t("deleteKeyTitle")}
        lead={t("deleteKeyLead", { name: apiKey.name })}
        action={t("delete", { ns: "common" })}
        isBusy={deleting.isPending}
        failure={deleting.error}
        onClose={() => ask(false)}
        onConfirm={() => deleting.mutate()}
      />
    </>
  );
}

function KeyFacts({ apiKey }: { apiKey: ApiKey }) {
  const { t } = useTranslation("settings");
  return (
    <>
      <span>
        {t("keyBegins")} <span className="figures">{apiKey.hint}</span>
      </span>
      <span>{apiKey.scopes.map((scope) => scopeWord(t, scope)).join(", ")}</span>
      <span>
        {apiKey.last_used_at === null ? (
          t("keyNeverUsed")
        ) : (
          <>
            {t("keyUsed")} <Ago moment={apiKey.last_used_at} />
          </>
        )}
      </span>
      <KeyEnd moment={apiKey.expires_at} />
    </>
  );
}

function KeyEnd({ moment }: { moment: string | null }) {
  const { t } = useTranslation("settings");
  const now = useNow();
  if (moment === null) return <span>{t("keyEndless")}</span>;
  const isOver = new Date(moment).getTime() < now;
  const date = formatDate(moment);
  return (
    <span className={isOver ? "text-failed-ink" : undefined}>
      {isOver ? t("keyEnded", { date }) : t("keyEnds", { date })}
    </span>
  );
}
