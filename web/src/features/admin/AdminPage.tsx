import { type ComponentType, lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";

import { Boundary } from "@/components/errors/Boundary";
import { Loading } from "@/components/ui/Empty";
import { PageHead } from "@/components/ui/Panel";
import { Sections } from "@/components/ui/Sections";
import { ADMIN_SECTIONS, type AdminSection, paths } from "@/config/paths";
import { useTitle } from "@/lib/scope";

import { PausedBanner } from "./queues/PausedBanner";

/** Each is loaded when somebody goes there. */
const PAGES: Record<AdminSection, ComponentType> = {
  workers: lazy(async () => ({ default: (await import("./workers/WorkersSection")).WorkersSection })),
  queues: lazy(async () => ({ default: (await import("./queues/QueuesSection")).QueuesSection })),
  failures: lazy(async () => ({ default: (await import("./failures/FailuresSection")).FailuresSection })),
  users: lazy(async () => ({ default: (await import("./users/UsersSection")).UsersSection })),
  engines: lazy(async () => ({ default: (await import("./engines/EnginesSection")).EnginesSection })),
  storage: lazy(async () => ({ default: (await import("./storage/StorageSection")).StorageSection })),
  audit: lazy(async () => ({ default: (await import("./audit/AuditSection")).AuditSection })),
};

/** What an administrator sees and steers of the whole studio. */
export function AdminPage({ section }: { section: AdminSection }) {
  const { t } = useTranslation("admin");
  const { t: tCommon } = useTranslation();
  useTitle(`${t(section)} · ${t("title")}`);
  const Page = PAGES[section];
  return (
    <>
      <PageHead title={t("title")} />
      <PausedBanner isOnQueues={section === "queues"} />
      <Sections
        label={t("sections")}
        items={ADMIN_SECTIONS.map((name) => ({ to: paths.adminOf(name), text: t(name) }))}
      />
      <Boundary resetKey={section}>
        <Suspense fallback={<Loading label={tCommon("loading")} />}>
          <Page />
        </Suspense>
      </Boundary>
    </>
  );
}
