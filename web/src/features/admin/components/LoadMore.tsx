import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";

interface Pages {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
}

export function LoadMore({ pages }: { pages: Pages }) {
  const { t } = useTranslation("admin");
  if (!pages.hasNextPage) return null;
  return (
    <div className="flex justify-center">
      <Button isBusy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
        {t("loadMore")}
      </Button>
    </div>
  );
}
