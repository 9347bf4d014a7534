import { infiniteQueryOptions, type InfiniteData, useMutation, useQueryClient } from "@tanstack/react-query";

import type { components } from "@/generated/schema";
import { answered, api } from "@/lib/api";
import type { User } from "@/lib/session";

import { adminKeys } from "./queries";

export type Role = components["schemas"]["Role"];
export type Plan = components["schemas"]["Plan"];
export type NewUser = components["schemas"]["NewUserByAdmin"];
export type UserChange = components["schemas"]["UserChangeIn"];
type UserPage = components["schemas"]["UserList"];

const PAGE_SIZE = 50;

/** What the address of the page says; "" is any. */
export interface UserFilter {
  text: string;
  role: Role | "";
  plan: Plan | "";
  state: "enabled" | "disabled" | "";
}

export function readUserFilter(search: URLSearchParams): UserFilter {
  const one = <T extends string>(name: string, known: readonly T[]): T | "" =>
    known.find((value) => value === search.get(name)) ?? "";
  return {
    text: (search.get("text") ?? "").replaceAll("\0", "").slice(0, 100),
    role: one("role", ["user", "admin"]),
    plan: one("plan", ["free", "pro"]),
    state: one("state", ["enabled", "disabled"]),
  };
}

export function writeUserFilter(filter: UserFilter): URLSearchParams {
  return new URLSearchParams(Object.entries(filter).filter(([, value]: [string, string]) => value !== ""));
}

export function usersQuery({ text, role, plan, state }: UserFilter) {
  const wanted = {
    ...(text.trim() && { text: text.trim() }),
    ...(role && { role }),
    ...(plan && { plan }),
    ...(state && { is_disabled: state === "disabled" }),
  };
  return infiniteQueryOptions({
    queryKey: [...adminKeys.users, wanted] as const,
    queryFn: ({ pageParam, signal }) => {
      const query = { ...wanted, limit: PAGE_SIZE, ...(pageParam !== null && { before: pageParam }) };
      return answered(api.GET("/api/admin/users", { params: { query }, signal }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
}

export function useCreateUser() {
  const reload = useReloadUsers();
  return useMutation({
    mutationFn: (account: NewUser) => answered(api.POST("/api/admin/users", { body: account })),
    onSuccess: reload,
  });
}

export function useChangeUser() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ userId, change }: { userId: string; change: UserChange }) =>
      answered(api.PATCH("/api/admin/users/{user_id}", { params: { path: { user_id: userId } }, body: change })),
    onSuccess: (changed) => {
      // One who fits the filter no longer stays in view, so that it can be taken back; the next look leaves them out.
      queries.setQueriesData<InfiniteData<UserPage>>({ queryKey: adminKeys.users }, (all) => withUser(all, changed));
      void queries.invalidateQueries({ queryKey: adminKeys.audit });
    },
  });
}

function withUser(all: InfiniteData<UserPage> | undefined, changed: User): InfiniteData<UserPage> | undefined {
  const swap = (page: UserPage) => ({
    ...page,
    users: page.users.map((user) => (user.id === changed.id ? changed : user)),
  });
  return all && { ...all, pages: all.pages.map(swap) };
}

export function useEndSessions() {
  return useMutation({
    mutationFn: (userId: string) =>
      answered(api.POST("/api/admin/users/{user_id}/end-sessions", { params: { path: { user_id: userId } } })),
  });
}

export function useDeleteUser() {
  const reload = useReloadUsers();
  return useMutation({
    mutationFn: (userId: string) =>
      answered(api.DELETE("/api/admin/users/{user_id}", { params: { path: { user_id: userId } } })),
    onSuccess: reload,
  });
}

function useReloadUsers() {
  const queries = useQueryClient();
  return async () => {
    void queries.invalidateQueries({ queryKey: adminKeys.audit });
    await queries.invalidateQueries({ queryKey: adminKeys.users });
  };
}

/** What others call somebody. */
export function nameOf(user: User): string {
  return user.display_name || user.username;
}
