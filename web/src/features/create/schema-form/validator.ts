import { type Schema, Validator } from "@cfworker/json-schema";
import type { RJSFSchema, ValidationData, ValidatorType } from "@rjsf/utils";

import type { Params } from "../model/schema";
import { asJson } from "../model/validation";
import type { Surroundings } from "./SchemaFields";

/**
 * Tells a form which branch of a schema its data fits. Makes no code from text, which the page's content policy forbids.
 * What is wrong with the data is found for all forms alike, in model/validation.
 */
export class EvalFreeValidator implements ValidatorType<Params, RJSFSchema, Surroundings> {
  validateFormData(): ValidationData<Params> {
    return { errors: [], errorSchema: {} };
  }

  isValid(schema: RJSFSchema, formData: Params | undefined, rootSchema: RJSFSchema): boolean {
    if (formData === undefined) return false;
    const whole = { ...schema, ...(rootSchema.$defs && { $defs: rootSchema.$defs }) };
    return new Validator(whole as Schema, "2020-12").validate(asJson(formData)).valid;
  }

  rawValidation(): { errors?: never[] } {
    return {};
  }
}
