import { Ellipsis } from "lucide-react";
import { useTranslation } from "react-i18next";

import { useWordsOf } from "@/components/errors/Failure";
import { IconButton } from "@/components/ui/Button";
import { Menu, type MenuItem } from "@/components/ui/Menu";
import { notify } from "@/lib/notices";
import type { User } from "@/lib/session";

import { nameOf, useChangeUser, useEndSessions, type UserChange } from "../model/users";

/** What an administrator does with an account. With one's own, nothing that would lock oneself out. */
export function UserMenu({ user, isOneself, onDelete }: { user: User; isOneself: boolean; onDelete: () => void }) {
  const { t } = useTranslation("admin");
  const apply = useChange(user);
  const endSessions = useEnding(user);
  const isAdmin = user.role === "admin";
  const isPro = user.plan === "pro";
  const plan: MenuItem = {
    key: "plan",
    label: isPro ? t("userMakeFree") : t("userMakePro"),
    act: () => apply({ plan: isPro ? "free" : "pro" }, { plan: user.plan }),
  };
  const ofOthers: MenuItem[] = [
    {
      key: "role",
      label: isAdmin ? t("userMakeUser") : t("userMakeAdmin"),
      act: () => apply({ role: isAdmin ? "user" : "admin" }, { role: user.role }),
    },
    { key: "sessions", label: t("userEndSessions"), act: endSessions },
    {
      key: "disabled",
      label: user.is_disabled ? t("userEnable") : t("userDisable"),
      act: () => apply({ is_disabled: !user.is_disabled }, { is_disabled: user.is_disabled }),
    },
    { key: "delete", label: t("userDelete"), isDangerous: true, act: onDelete },
  ];
  return (
    <Menu
      trigger={
        <IconButton label={t("userActions", { name: nameOf(user) })}>
          <Ellipsis aria-hidden className="size-5" />
        </IconButton>
      }
      items={isOneself ? [plan] : [plan, ...ofOthers]}
    />
  );
}

/** Changes at once, and offers to take it back. */
function useChange(user: User) {
  const { t } = useTranslation("admin");
  const { t: tCommon } = useTranslation();
  const tell = useTelling(user);
  const change = useChangeUser();
  return (wanted: UserChange, before: UserChange) =>
    change.mutate(
      { userId: user.id, change: wanted },
      {
        onSuccess: (changed) =>
          notify({
            tone: "done",
            text: changeText(changed, wanted),
            undo: { label: tCommon("undo"), act: () => takeBack(before) },
          }),
        onError: tell,
      },
    );

  function takeBack(before: UserChange): void {
    change.mutate({ userId: user.id, change: before }, { onError: tell });
  }

  function changeText(changed: User, wanted: UserChange): string {
    const name = nameOf(changed);
    if (wanted.role != null) return t(changed.role === "admin" ? "userIsAdmin" : "userIsUser", { name });
    if (wanted.plan != null) return t(changed.plan === "pro" ? "userIsPro" : "userIsFree", { name });
    return t(changed.is_disabled ? "userIsDisabled" : "userIsEnabled", { name });
  }
}

function useEnding(user: User) {
  const { t } = useTranslation("admin");
  const tell = useTelling(user);
  const ending = useEndSessions();
  return () =>
    ending.mutate(user.id, {
      onSuccess: ({ sessions }) =>
        notify({ tone: "done", text: t("userSessionsEnded", { count: sessions, name: nameOf(user) }) }),
      onError: tell,
    });
}

function useTelling(user: User): (failure: Error) => void {
  const { t } = useTranslation("admin");
  const wordsOf = useWordsOf();
  return (failure) =>
    notify({ tone: "failed", text: t("userChangeFailed", { name: nameOf(user) }), detail: detailOf(wordsOf(failure)) });
}

function detailOf({ text, hint }: { text: string; hint: string }): string {
  return `${text} ${hint}`.trim();
}
