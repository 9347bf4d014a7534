import { createBrowserRouter, type RouteObject } from "react-router";

import { ForVisitors, SignedIn } from "@/app/Doors";
import { NotFound } from "@/app/NotFound";
import { RouteFailure } from "@/app/RouteFailure";
import { Shell } from "@/app/shell/Shell";
import { VisitorFrame } from "@/app/VisitorFrame";

/** Pages that most visits do not need are loaded when somebody goes there. */
const inside: RouteObject[] = [
  {
    index: true,
    lazy: async () => ({ Component: (await import("@/features/jobs/dashboard/DashboardPage")).DashboardPage }),
  },
  {
    path: "jobs",
    lazy: async () => ({ Component: (await import("@/features/jobs/history/HistoryPage")).HistoryPage }),
  },
  { path: "jobs/:jobId", lazy: async () => ({ Component: (await import("@/features/jobs/detail/JobPage")).JobPage }) },
  { path: "new/:pipeline?", lazy: async () => ({ Component: (await import("@/app/pages/NewJob")).NewJob }) },
  { path: "assets", lazy: async () => ({ Component: (await import("@/features/assets/AssetsPage")).AssetsPage }) },
  {
    path: "settings/:section?",
    lazy: async () => ({ Component: (await import("@/features/settings/SettingsPage")).SettingsPage }),
  },
  {
    path: "admin/:section?",
    lazy: async () => ({ Component: (await import("@/app/pages/Administration")).Administration }),
  },
  { path: "design", lazy: async () => ({ Component: (await import("@/features/design/DesignPage")).DesignPage }) },
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
                lazy: async () => ({ Component: (await import("@/features/auth/LoginPage")).LoginPage }),
              },
              {
                path: "register",
                lazy: async () => ({ Component: (await import("@/features/auth/RegisterPage")).RegisterPage }),
              },
              {
                path: "setup",
                lazy: async () => ({ Component: (await import("@/features/auth/SetUpPage")).SetUpPage }),
              },
            ],
          },
        ],
      },
      { path: "s/:token", lazy: async () => ({ Component: (await import("@/features/share/SharedPage")).SharedPage }) },
      {
        Component: SignedIn,
        children: [
          {
            Component: VisitorFrame,
            children: [
              {
                path: "welcome",
                lazy: async () => ({ Component: (await import("@/features/auth/WelcomePage")).WelcomePage }),
              },
            ],
          },
          { Component: Shell, children: inside },
        ],
      },
    ],
  },
]);
