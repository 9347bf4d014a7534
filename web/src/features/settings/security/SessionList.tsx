import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Ago } from "@/components/ui/Ago";
import { Button } from "@/components/ui/Button";
import { Lamp } from "@/components/ui/Lamp";
import { Panel } from "@/components/ui/Panel";
import { notify } from "@/lib/notices";
import { endSession } from "@/lib/session";

import { ConfirmDialog } from "../components/ConfirmDialog";
import { Row, Rows } from "../components/Rows";
import { Shown } from "../components/Shown";
import { deviceOf, endEvery, endOne, type LoginSession, sessionsQuery } from "./sessions";

export function SessionList() {
  const { t } = useTranslation("settings");
  const sessions = useQuery(sessionsQuery);
  const [asksToEndAll, askToEndAll] = useState(false);
  const endingAll = useMutation({ mutationFn: endEvery, onSuccess: () => endSession("none") });
  return (
    <Panel
      title={t("sessions")}
      actions={
        <Button size="small" onClick={() => askToEndAll(true)}>
          {t("endAll")}
        </Button>
      }
    >
      <p className="mb-5 text-small text-ink-soft">{t("sessionsLead")}</p>
      <Shown query={sessions}>
        {(found) => (
          <Rows label={t("sessions")}>
            {found.map((session) => (
              <SessionRow key={session.id} session={session} />
            ))}
          </Rows>
        )}
      </Shown>
      <ConfirmDialog
        isOpen={asksToEndAll}
        title={t("endAllTitle")}
        lead={t("endAllLead")}
        action={t("endAll")}
        isBusy={endingAll.isPending}
        failure={endingAll.error}
        onClose={() => askToEndAll(false)}
        onConfirm={() => endingAll.mutate()}
      />
    </Panel>
  );
}

function SessionRow({ session }: { session: LoginSession }) {
  const { t } = useTranslation("settings");
  const queries = useQueryClient();
  const ending = useMutation({
    mutationFn: endOne,
    onSuccess: () => notify({ tone: "done", text: t("ended") }),
    onError: (failure) => notify({ tone: "failed", text: failure.message }),
    onSettled: () => queries.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
  });
  const device = deviceOf(session.user_agent);
  const name = device === null ? session.user_agent.slice(0, 60) || t("unknownDevice") : t("browserOn", device);
  return (
    <Row
      title={name}
      facts={
        <>
          <span className="figures">{session.address}</span>
          <span>
            {t("lastUsed")} <Ago moment={session.last_used_at} />
          </span>
          <span>
            {t("signedInAt")} <Ago moment={session.created_at} />
          </span>
          {session.is_remembered && <span>{t("remembered")}</span>}
        </>
      }
      actions={
        session.is_current ? (
          <Lamp tone="done">{t("thisOne")}</Lamp>
        ) : (
          <Button
            size="small"
            aria-label={t("endOf", { name })}
            isBusy={ending.isPending}
            onClick={() => ending.mutate(session.id)}
          >
            {t("end")}
          </Button>
        )
      }
    />
  );
}
