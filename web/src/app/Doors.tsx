import { useEffect } from "react";
import { Navigate, Outlet, useLocation, useSearchParams } from "react-router";

import { Notifications } from "@/app/Notifications";
import { Opening } from "@/app/Opening";
import { paths } from "@/config/paths";
import { followJobs } from "@/features/jobs/model/live";
import { openLive } from "@/lib/live";
import { queryClient } from "@/lib/query-client";
import { useSession } from "@/lib/session";

/** For those who are signed in: opens the live stream, and sends others to the login and back. */
export function SignedIn() {
  const session = useSession();
  const location = useLocation();
  const userId = session.state === "signed-in" ? session.user.id : null;
  useEffect(() => {
    if (userId === null) return;
    const [stopFollowing, closeLive] = [followJobs(queryClient), openLive(userId)];
    return () => {
      closeLive();
      stopFollowing();
      queryClient.clear();
    };
  }, [userId]);
  if (session.state === "unknown") return <Opening failure={session.failure} />;
  if (session.state === "signed-in") {
    return (
      <>
        <Notifications />
        <Outlet />
      </>
    );
  }
  const to = `${location.pathname}${location.search}`;
  return <Navigate replace to={to === paths.dashboard ? paths.login : `${paths.login}?to=${encodeURIComponent(to)}`} />;
}

/** For those who are not: whoever is signed in goes on to where they wanted, and new ones to the welcome. */
export function ForVisitors() {
  const session = useSession();
  const [search] = useSearchParams();
  const { pathname } = useLocation();
  if (session.state === "unknown") return <Opening failure={session.failure} />;
  if (session.state === "signed-out") return <Outlet />;
  const isNew = pathname === paths.setUp || pathname === paths.register;
  return <Navigate replace to={isNew ? paths.welcome : placeOfOurs(search.get("to"))} />;
}

/** An address within the studio, whatever the link said. Parsed as browsers do, who leave out tabs and turn backslashes. */
function placeOfOurs(wish: string | null): string {
  const { origin } = globalThis.location;
  if (wish === null || !URL.canParse(wish, origin)) return paths.dashboard;
  const place = new URL(wish, origin);
  return place.origin === origin ? `${place.pathname}${place.search}${place.hash}` : paths.dashboard;
}
