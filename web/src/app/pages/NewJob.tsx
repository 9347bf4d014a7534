import { AssetField } from "@/features/assets/AssetField";
import { CreatePage } from "@/features/create/CreatePage";

/** The way to a new job, with the library behind the fields that take a file. */
export function NewJob() {
  return <CreatePage AssetField={AssetField} />;
}
