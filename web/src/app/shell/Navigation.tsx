import {
  AudioLines,
  Library,
  LogOut,
  Plus,
  Settings,
  ShieldCheck,
  SlidersVertical,
  type LucideIcon,
} from "lucide-react";
import { useTranslation } from "react-i18next";
import { NavLink } from "react-router";

import { IconButton } from "@/components/ui/Button";
import { paths } from "@/config/paths";
import { api } from "@/lib/api";
import { classes } from "@/lib/classes";
import { endSession, useUser } from "@/lib/session";

interface Place {
  to: string;
  icon: LucideIcon;
  text: string;
  isWhole?: boolean;
}

export function Navigation() {
  const { t } = useTranslation();
  const user = useUser();
  const places: Place[] = [
    { to: paths.dashboard, icon: SlidersVertical, text: t("navDashboard"), isWhole: true },
    { to: paths.create, icon: Plus, text: t("navNew") },
    { to: paths.history, icon: AudioLines, text: t("navHistory") },
    { to: paths.assets, icon: Library, text: t("navAssets") },
    { to: paths.settings, icon: Settings, text: t("navSettings") },
    ...(user.role === "admin" ? [{ to: paths.admin, icon: ShieldCheck, text: t("navAdmin") }] : []),
  ];
  return (
    <header className="fixed inset-x-0 bottom-0 z-30 border-t border-line bg-panel lg:sticky lg:top-0 lg:flex lg:h-dvh lg:flex-col lg:border-t-0 lg:border-r">
      <div className="hidden px-5 pt-6 pb-5 lg:block">
        <Wordmark />
      </div>
      <nav aria-label={t("navigation")} className="lg:grow">
        <ul className="flex justify-around lg:grid lg:justify-stretch lg:gap-0.5 lg:px-3">
          {places.map((place) => (
            <li key={place.to} className="min-w-0 grow">
              <PlaceLink {...place} />
            </li>
          ))}
        </ul>
      </nav>
      <div className="hidden items-center justify-between gap-2 border-t border-line p-3 pl-5 lg:flex">
        <span className="min-w-0 truncate text-small" title={user.email}>
          {user.display_name || user.username}
        </span>
        <IconButton label={t("signOut")} onClick={() => void signOut()}>
          <LogOut aria-hidden className="size-4" />
        </IconButton>
      </div>
    </header>
  );
}

function PlaceLink({ to, icon: Icon, text, isWhole = false }: Place) {
  return (
    <NavLink
      to={to}
      end={isWhole}
      className={({ isActive }) =>
        classes(
          "relative flex min-h-14 flex-col items-center justify-center gap-1 px-1 text-tiny -outline-offset-2",
          "lg:min-h-10 lg:flex-row lg:justify-start lg:gap-3 lg:rounded-small lg:px-3 lg:text-small lg:font-medium",
          isActive ? "text-ink lg:bg-hover" : "text-ink-soft hover:text-ink lg:hover:bg-hover",
        )
      }
    >
      {({ isActive }) => (
        <>
          <Icon aria-hidden className={classes("size-5 lg:size-4.5", isActive && "text-signal-ink")} />
          <span className="max-w-full truncate">{text}</span>
        </>
      )}
    </NavLink>
  );
}

/** Three rails under way: what this studio is about. */
export function Wordmark() {
  return (
    <span className="flex items-center gap-2.5 text-lead font-semibold tracking-tight">
      <svg aria-hidden viewBox="0 0 22 16" className="h-4 w-auto">
        <path className="fill-done" d="M0 0h6v4H0zM7.500 0h8v4h-8zM0 12h4v4H0z" />
        <path className="fill-signal-strong" d="M0 6h9v4H0zM5.500 12h11v4h-11z" />
        <path className="fill-line-strong" d="M17 0h5v4h-5zM10.500 6h11.500v4H10.500zM18 12h4v4h-4z" />
      </svg>
      Soundstage
    </span>
  );
}

async function signOut(): Promise<void> {
  await api.POST("/api/auth/logout").catch(() => undefined);
  endSession("none");
}
