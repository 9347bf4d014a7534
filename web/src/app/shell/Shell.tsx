import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { Outlet, ScrollRestoration, useLocation } from "react-router";

import { Navigation } from "@/app/shell/Navigation";
import { StaleBanner } from "@/app/shell/StaleBanner";
import { Boundary } from "@/components/errors/Boundary";
import { tray } from "@/features/assets/model/tray-content";
import { useObservable } from "@/lib/observable";

/** Comes with the first upload. */
const UploadTray = lazy(async () => ({ default: (await import("@/features/assets/UploadTray")).UploadTray }));

/** The frame of every page: the strip of places on the left, or at the bottom of a phone. */
export function Shell() {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const isUploading = useObservable(tray).length > 0;
  return (
    <div className="lg:grid lg:min-h-dvh lg:grid-cols-[13.5rem_minmax(0,1fr)]">
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-small focus:bg-raised focus:px-4 focus:py-2"
      >
        {t("skipToContent")}
      </a>
      <Navigation />
      <div className="min-w-0 pb-20 lg:pb-0">
        <StaleBanner />
        <main id="content" tabIndex={-1} className="mx-auto max-w-7xl px-4 py-6 outline-none sm:px-6 lg:px-10 lg:py-9">
          <Boundary resetKey={pathname}>
            <Suspense fallback={null}>
              <Outlet />
            </Suspense>
          </Boundary>
        </main>
      </div>
      {isUploading && (
        <Suspense fallback={null}>
          <UploadTray />
        </Suspense>
      )}
      <ScrollRestoration />
    </div>
  );
}
