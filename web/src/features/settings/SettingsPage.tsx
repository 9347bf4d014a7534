import { type ComponentType, lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { Navigate, useParams } from "react-router";

import { Boundary } from "@/components/errors/Boundary";
import { Loading } from "@/components/ui/Empty";
import { PageHead } from "@/components/ui/Panel";
import { Sections } from "@/components/ui/Sections";
import { paths, SETTINGS_SECTIONS, type SettingsSection } from "@/config/paths";
import { useTitle } from "@/lib/scope";

const PAGES: Record<SettingsSection, ComponentType> = {
  profile: lazy(async () => ({ default: (await import("./profile/ProfileSection")).ProfileSection })),
  security: lazy(async () => ({ default: (await import("./security/SecuritySection")).SecuritySection })),
  keys: lazy(async () => ({ default: (await import("./keys/KeysSection")).KeysSection })),
  look: lazy(async () => ({ default: (await import("./look/LookSection")).LookSection })),
  notifications: lazy(async () => ({
    default: (await import("./notifications/NotificationsSection")).NotificationsSection,
  })),
  engines: lazy(async () => ({ default: (await import("./engines/EnginesSection")).EnginesSection })),
  storage: lazy(async () => ({ default: (await import("./storage/StorageSection")).StorageSection })),
  webhooks: lazy(async () => ({ default: (await import("./webhooks/WebhooksSection")).WebhooksSection })),
};

export function SettingsPage() {
  const { t } = useTranslation("settings");
  const { section } = useParams();
  const chosen = SETTINGS_SECTIONS.find((known) => known === section);
  useTitle(chosen === undefined ? t("title") : `${t(chosen)} · ${t("title")}`);
  if (chosen === undefined) return <Navigate replace to={paths.settingsOf("profile")} />;
  const Section = PAGES[chosen];
  return (
    <>
      <PageHead title={t("title")} />
      <Sections
        label={t("sections")}
        items={SETTINGS_SECTIONS.map((known) => ({ to: paths.settingsOf(known), text: t(known) }))}
      />
      <Boundary resetKey={chosen}>
        <Suspense fallback={<Loading label={t("loading", { ns: "common" })} />}>
          <Section />
        </Suspense>
      </Boundary>
    </>
  );
}
