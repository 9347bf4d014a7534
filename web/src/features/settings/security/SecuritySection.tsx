import { useTranslation } from "react-i18next";

import { Panel } from "@/components/ui/Panel";

import { LeaveForm } from "./LeaveForm";
import { PasswordForm } from "./PasswordForm";
import { SessionList } from "./SessionList";

export function SecuritySection() {
  const { t } = useTranslation("settings");
  return (
    <div className="grid max-w-3xl gap-6">
      <Panel title={t("password")}>
        <PasswordForm />
      </Panel>
      <SessionList />
      <Panel title={t("leave")}>
        <LeaveForm />
      </Panel>
    </div>
  );
}
