import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { Boundary } from "@/components/errors/Boundary";

export function Frame({ children }: { children: ReactNode }) {
  const { t } = useTranslation("share");
  return (
    <div className="flex min-h-dvh flex-col">
      <main className="mx-auto w-full max-w-5xl grow px-4 py-6 sm:px-6 sm:py-10">
        <Boundary>{children}</Boundary>
      </main>
      <footer className="mx-auto w-full max-w-5xl px-4 pb-6 sm:px-6">
        <p className="strip border-t border-line pt-4">{t("madeWith")}</p>
      </footer>
    </div>
  );
}
