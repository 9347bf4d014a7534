import type { ComponentType } from "react";
import { createBrowserRouter, type RouteObject } from "react-router";

import { ForVisitors, SignedIn } from "@/app/Doors";
import { NotFound } from "@/app/NotFound";
import { RouteFailure } from "@/app/RouteFailure";
import { Shell } from "@/app/shell/Shell";
import { VisitorFrame } from "@/app/VisitorFrame";
import { loadTexts, type Namespace } from "@/lib/i18n";

/** Pages that most visits do not need are loaded when somebody goes there, at the same time as their texts. */
function page(load: () => Promise<ComponentType>, ...texts: Namespace[]) {
  return async () => {
    const [Component] = await Promise.all([load(), loadTexts(...texts)]);
    return { Component };
  };
}

const inside: RouteObject[] = [
  {
    index: true,
    lazy: page(async () => (await import("@/features/jobs/dashboard/DashboardPage")).DashboardPage, "dashboard", "job"),
  },
  {
    path: "jobs",
    lazy: page(async () => (await import("@/features/jobs/history/HistoryPage")).HistoryPage, "history"),
  },
  { path: "jobs/:jobId", lazy: page(async () => (await import("@/features/jobs/detail/JobPage")).JobPage, "job") },
  { path: "new/:pipeline?", lazy: page(async () => (await import("@/app/pages/NewJob")).NewJob, "create", "assets") },
  { path: "assets", lazy: page(async () => (await import("@/features/assets/AssetsPage")).AssetsPage, "assets") },
  {
    path: "settings/:section?",
    lazy: page(async () => (await import("@/features/settings/SettingsPage")).SettingsPage, "settings"),
  },
  {
    path: "admin/:section?",
    lazy: page(async () => (await import("@/app/pages/Administration")).Administration, "admin"),
  },
  { path: "design", lazy: page(async () => (await import("@/features/design/DesignPage")).DesignPage, "design") },
  { path: "*", Component: NotFound },
];

export const router = createBrowserRouter([
  {
    ErrorBoundary: RouteFailure,
    HydrateFallback: () => null,
    children: [
      {
        Component: ForVisitors,
        children: [
          {
            Component: VisitorFrame,
            children: [
              {
                path: "login",
                lazy: page(async () => (await import("@/features/auth/LoginPage")).LoginPage, "auth"),
              },
              {
                path: "register",
                lazy: page(async () => (await import("@/features/auth/RegisterPage")).RegisterPage, "auth"),
              },
              {
                path: "setup",
                lazy: page(async () => (await import("@/features/auth/SetUpPage")).SetUpPage, "auth"),
              },
            ],
          },
        ],
      },
      { path: "s/:token", lazy: page(async () => (await import("@/features/share/SharedPage")).SharedPage, "share") },
      {
        Component: SignedIn,
        children: [
          {
            Component: VisitorFrame,
            children: [
              {
                path: "welcome",
                lazy: page(async () => (await import("@/features/auth/WelcomePage")).WelcomePage, "auth"),
              },
            ],
          },
          { Component: Shell, children: inside },
        ],
      },
    ],
  },
]);
