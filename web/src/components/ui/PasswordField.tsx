import { Eye, EyeOff } from "lucide-react";
import { useState, type ComponentProps, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { IconButton } from "@/components/ui/Button";
import { CONTROL, Field } from "@/components/ui/Field";
import { classes } from "@/lib/classes";

interface Words {
  label: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
}

/** A secret that its writer can look at. */
export function PasswordField({ label, hint, error, ...rest }: Omit<ComponentProps<"input">, "type"> & Words) {
  const { t } = useTranslation();
  const [isShown, setShown] = useState(false);
  const Picture = isShown ? EyeOff : Eye;
  return (
    <Field label={label} hint={hint} error={error}>
      {(tied) => (
        <div className="relative">
          <input
            {...rest}
            {...tied}
            type={isShown ? "text" : "password"}
            spellCheck={false}
            autoCapitalize="off"
            className={classes(CONTROL, "min-h-10 pr-11", isShown && "font-mono text-small")}
          />
          <IconButton
            label={isShown ? t("hidePassword") : t("showPassword")}
            onClick={() => setShown(!isShown)}
            className="absolute top-0.5 right-0.5"
          >
            <Picture aria-hidden className="size-4" />
          </IconButton>
        </div>
      )}
    </Field>
  );
}
