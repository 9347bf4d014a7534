import { useMutation } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useReducer, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { paths } from "@/config/paths";
import { Problem } from "@/lib/problem";

import type { draftOf } from "./draft";
import type { Order, Priority } from "./order";
import { type FieldSchema, paramsSchemaOf, type Pipeline } from "./schema";
import { OrderDesk } from "./start";
import { errorsIn, type FieldErrors } from "./validation";

export interface OrderForm {
  pipeline: Pipeline;
  schema: FieldSchema;
  order: Order;
  errors: FieldErrors;
  /** How often an order was refused: each time the first wrong field is shown. */
  refusals: number;
  isStarting: boolean;
  /** Why it could not be started, beside what is wrong with its fields. */
  failure: Error | null;
  /** Stays the same function. `undefined` empties the field. */
  set: (name: string, value: unknown) => void;
  describe: (text: string) => void;
  prioritise: (priority: Priority) => void;
  replace: (order: Order) => void;
  start: () => void;
}

interface State {
  order: Order;
  errors: FieldErrors;
  refusals: number;
}

type Change =
  | { type: "set"; name: string; value: unknown }
  | { type: "order"; change: Partial<Order> }
  | { type: "refuse"; errors: FieldErrors };

const desks = new Map<string, OrderDesk>();

export function useOrderForm(pipeline: Pipeline, initial: Order, draft: ReturnType<typeof draftOf>): OrderForm {
  const { t } = useTranslation("create");
  const navigate = useNavigate();
  const schema = useMemo(() => paramsSchemaOf(pipeline), [pipeline]);
  const [first] = useState(initial);
  const [state, change] = useReducer(changed, { order: first, errors: {}, refusals: 0 });
  const { order } = state;
  useEffect(() => {
    if (order !== first) draft.write(order);
  }, [draft, order, first]);

  const sending = useMutation({
    mutationFn: (wish: Order) => deskOf(pipeline.kind).send(pipeline.kind, wish),
    onSuccess: (job) => {
      draft.clear();
      void navigate(paths.job(job.id));
    },
    onError: (failure) => change({ type: "refuse", errors: fieldErrorsOf(failure) }),
  });

  function start(): void {
    const errors = errorsIn(t, schema, order.params);
    if (Object.keys(errors).length > 0) change({ type: "refuse", errors });
    else sending.mutate(order);
  }

  return {
    ...state,
    pipeline,
    schema,
    isStarting: sending.isPending || sending.isSuccess,
    failure: sending.error !== null && !hasFieldErrors(sending.error) ? sending.error : null,
    set: useCallback((name, value) => change({ type: "set", name, value }), []),
    describe: (description) => change({ type: "order", change: { description } }),
    prioritise: (priority) => change({ type: "order", change: { priority } }),
    replace: (whole) => change({ type: "order", change: whole }),
    start,
  };
}

function changed(state: State, change: Change): State {
  switch (change.type) {
    case "set": {
      const params = { ...state.order.params, [change.name]: change.value };
      return { ...state, order: { ...state.order, params }, errors: errorsOutside(state.errors, change.name) };
    }
    case "order":
      return { ...state, order: { ...state.order, ...change.change }, errors: {} };
    case "refuse":
      return { ...state, errors: change.errors, refusals: state.refusals + 1 };
  }
}

/** What is still wrong while somebody mends one parameter. */
function errorsOutside(errors: FieldErrors, name: string): FieldErrors {
  const isOutside = ([path]: [string, string]) => path !== name && !path.startsWith(`${name}.`);
  return Object.fromEntries(Object.entries(errors).filter(isOutside));
}

function hasFieldErrors(failure: Error): boolean {
  return Object.keys(fieldErrorsOf(failure)).length > 0;
}

function fieldErrorsOf(failure: Error): FieldErrors {
  if (!(failure instanceof Problem)) return {};
  return Object.fromEntries((failure.body.errors ?? []).map(({ path, message }) => [path, message]));
}

/** A key outlives the page of the form: who comes back after a break of the network orders no second job. */
function deskOf(pipeline: string): OrderDesk {
  const desk = desks.get(pipeline) ?? new OrderDesk();
  desks.set(pipeline, desk);
  return desk;
}
