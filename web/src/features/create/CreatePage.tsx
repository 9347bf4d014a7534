import type { ComponentType } from "react";
import { useParams } from "react-router";

import type { AssetFieldProps } from "./asset-field";
import { NewOrder } from "./order/NewOrder";
import { ProductList } from "./products/ProductList";

/** `/new`: what can be made. `/new/:pipeline`: the form for one of them. */
export function CreatePage({ AssetField }: { AssetField: ComponentType<AssetFieldProps> }) {
  const { pipeline } = useParams();
  if (pipeline === undefined) return <ProductList />;
  return <NewOrder key={pipeline} kind={pipeline} AssetField={AssetField} />;
}
