import { Navigate, useParams } from "react-router";

import { NotFound } from "@/app/NotFound";
import { ADMIN_SECTIONS, paths } from "@/config/paths";
import { AdminPage } from "@/features/admin/AdminPage";
import { useUser } from "@/lib/session";

/** For administrators; to others there is nothing here. */
export function Administration() {
  const { section } = useParams();
  const isAdmin = useUser().role === "admin";
  const known = ADMIN_SECTIONS.find((name) => name === section);
  if (!isAdmin || (section !== undefined && known === undefined)) return <NotFound />;
  if (known === undefined) return <Navigate replace to={paths.adminOf("workers")} />;
  return <AdminPage section={known} />;
}
