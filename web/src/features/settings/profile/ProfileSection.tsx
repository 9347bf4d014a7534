import { useTranslation } from "react-i18next";

import { Facts, Panel } from "@/components/ui/Panel";
import { formatDate } from "@/lib/format";
import { useUser } from "@/lib/session";

import { EmailForm } from "./EmailForm";
import { NamesForm } from "./NamesForm";

export function ProfileSection() {
  const { t } = useTranslation("settings");
  const user = useUser();
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
      <div className="grid gap-6">
        <Panel title={t("whoYouAre")}>
          <NamesForm user={user} />
        </Panel>
        <Panel title={t("email")}>
          <EmailForm user={user} />
        </Panel>
      </div>
      <Panel title={t("facts")}>
        <Facts
          rows={[
            [t("role"), user.role === "admin" ? t("roleAdmin") : t("roleUser")],
            [t("plan"), user.plan],
            [t("since"), formatDate(user.created_at)],
          ]}
        />
      </Panel>
    </div>
  );
}
