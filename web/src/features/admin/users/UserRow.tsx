import { useTranslation } from "react-i18next";

import { Ago } from "@/components/ui/Ago";
import { Lamp } from "@/components/ui/Lamp";
import { classes } from "@/lib/classes";
import { useUser, type User } from "@/lib/session";

import { nameOf } from "../model/users";
import { UserMenu } from "./UserMenu";

export function UserRow({ user, onDelete }: { user: User; onDelete: () => void }) {
  const { t } = useTranslation("admin");
  const isOneself = useUser().id === user.id;
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-5 gap-y-2 px-4 py-3 sm:px-5 xl:grid-cols-[minmax(0,1fr)_8rem_3.5rem_7rem_11rem_2.25rem]">
      <div className="min-w-0">
        <p className="flex min-w-0 items-baseline gap-2">
          <bdi
            className={classes("min-w-0 truncate font-medium", user.is_disabled && "text-ink-faint")}
            title={nameOf(user)}
          >
            {nameOf(user)}
          </bdi>
          {isOneself && <span className="strip shrink-0 rounded-hair bg-well px-1.5">{t("userYou")}</span>}
        </p>
        <p className="truncate text-small text-ink-soft" title={user.email}>
          {user.username} · {user.email}
        </p>
      </div>
      <div className="col-span-2 flex flex-wrap items-center gap-x-4 gap-y-1 text-small xl:contents">
        <span className={user.role === "admin" ? "font-medium text-signal-ink" : "text-ink-soft"}>
          {user.role === "admin" ? t("roleAdmin") : t("roleUser")}
        </span>
        <span className="text-ink-soft">{user.plan === "pro" ? t("planPro") : t("planFree")}</span>
        <Lamp tone={user.is_disabled ? "failed" : "done"}>
          {user.is_disabled ? t("stateDisabled") : t("stateEnabled")}
        </Lamp>
        <span className="text-ink-faint">
          {user.last_login_at === null ? (
            t("userNeverLogin")
          ) : (
            <>
              {t("userLastLogin")} <Ago moment={user.last_login_at} />
            </>
          )}
        </span>
      </div>
      <div className="col-start-2 row-start-1 xl:col-start-6">
        <UserMenu user={user} isOneself={isOneself} onDelete={onDelete} />
      </div>
    </li>
  );
}
