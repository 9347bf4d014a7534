import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { UserPlus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";

import { Button } from "@/components/ui/Button";
import { Empty } from "@/components/ui/Empty";
import { useSettled } from "@/lib/scope";
import type { User } from "@/lib/session";

import { Loaded } from "../components/Loaded";
import { LoadMore } from "../components/LoadMore";
import { Section } from "../components/Section";
import { readUserFilter, usersQuery, writeUserFilter } from "../model/users";
import { DeleteUserDialog } from "./DeleteUserDialog";
import { NewUserDialog } from "./NewUserDialog";
import { UserFilters } from "./UserFilters";
import { UserRow } from "./UserRow";

const TYPING_MS = 200;

export function UsersSection() {
  const { t } = useTranslation("admin");
  const [search, setSearch] = useSearchParams();
  const filter = readUserFilter(search);
  const text = useSettled(filter.text, TYPING_MS);
  const pages = useInfiniteQuery({ ...usersQuery({ ...filter, text }), placeholderData: keepPreviousData });
  const [isMaking, setMaking] = useState(false);
  const [toDelete, setToDelete] = useState<User | null>(null);
  return (
    <Section
      title={t("users")}
      lead={t("usersLead")}
      actions={
        <Button look="primary" icon={<UserPlus aria-hidden className="size-4" />} onClick={() => setMaking(true)}>
          {t("userNew")}
        </Button>
      }
    >
      <UserFilters filter={filter} onFilter={(wanted) => setSearch(writeUserFilter(wanted), { replace: true })} />
      <Loaded asked={pages} rows={5}>
        {({ pages: loaded }) =>
          loaded[0]?.users.length === 0 ? (
            <Empty title={t("usersNone")}>{t("usersNoneHint")}</Empty>
          ) : (
            <ul className="divide-y divide-line rounded-panel border border-line bg-panel">
              {loaded.flatMap((page) =>
                page.users.map((user) => <UserRow key={user.id} user={user} onDelete={() => setToDelete(user)} />),
              )}
            </ul>
          )
        }
      </Loaded>
      <LoadMore pages={pages} />
      {isMaking && <NewUserDialog onClose={() => setMaking(false)} />}
      {toDelete !== null && <DeleteUserDialog user={toDelete} onClose={() => setToDelete(null)} />}
    </Section>
  );
}
