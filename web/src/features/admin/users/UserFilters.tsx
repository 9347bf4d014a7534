import { useTranslation } from "react-i18next";

import { SelectField, TextField } from "@/components/ui/Field";

import { readUserFilter, type UserFilter } from "../model/users";

/** Filters at once; the address of the page keeps them. */
export function UserFilters({ filter, onFilter }: { filter: UserFilter; onFilter: (wanted: UserFilter) => void }) {
  const { t } = useTranslation("admin");
  const choose = (name: keyof UserFilter, value: string) =>
    onFilter(readUserFilter(new URLSearchParams({ ...filter, [name]: value })));
  const selects = [
    { name: "role", label: t("userRole"), options: [["user", t("roleUser")], ["admin", t("roleAdmin")]] }, // prettier-ignore
    { name: "plan", label: t("userPlan"), options: [["free", t("planFree")], ["pro", t("planPro")]] }, // prettier-ignore
    { name: "state", label: t("userState"), options: [["enabled", t("stateEnabled")], ["disabled", t("stateDisabled")]] }, // prettier-ignore
  ] as const;
  return (
    <div
      role="search"
      aria-label={t("users")}
      className="grid grid-cols-3 gap-3 md:grid-cols-[minmax(0,1fr)_repeat(3,10rem)]"
    >
      <div className="col-span-3 md:col-span-1">
        <TextField
          type="search"
          label={t("userSearch")}
          placeholder={t("userSearchHint")}
          value={filter.text}
          maxLength={100}
          dir="auto"
          onChange={(event) => choose("text", event.target.value)}
        />
      </div>
      {selects.map(({ name, label, options }) => (
        <SelectField
          key={name}
          label={label}
          value={filter[name]}
          onChange={(event) => choose(name, event.target.value)}
        >
          <option value="">{t("any")}</option>
          {options.map(([value, word]) => (
            <option key={value} value={value}>
              {word}
            </option>
          ))}
        </SelectField>
      ))}
    </div>
  );
}
