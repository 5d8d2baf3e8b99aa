import type { Cause } from '../refusal'
import type { NameRule } from './names'

/** Collects what is wrong with an object, field by field, in the words of Kubernetes' field errors. */
export class Check {
  readonly causes: Cause[] = []

  required(field: string, detail = ''): void {
    this.#add('FieldValueRequired', field, detail ? `Required value: ${detail}` : 'Required value')
  }

  invalid(field: string, value: unknown, detail: string): void {
    const shown = JSON.stringify(value ?? null)
    this.#add('FieldValueInvalid', field, `Invalid value: ${shown}: ${detail}`)
  }

  /** Everything a rule finds wrong with a name. */
  named(field: string, name: string, rule: NameRule): void {
    for (const fault of rule(name)) this.invalid(field, name, fault)
  }

  forbidden(field: string, detail: string): void {
    this.#add('FieldValueForbidden', field, `Forbidden: ${detail}`)
  }

  duplicate(field: string, value: unknown): void {
    this.#add('FieldValueDuplicate', field, `Duplicate value: ${JSON.stringify(value)}`)
  }

  unsupported(field: string, value: unknown, supported: readonly string[]): void {
    const list = supported.map(each => JSON.stringify(each)).join(', ')
    this.#add(
      'FieldValueNotSupported',
      field,
      `Unsupported value: ${JSON.stringify(value)}: supported values: ${list}`,
    )
  }

  tooLong(field: string, detail: string): void {
    this.#add('FieldValueTooLong', field, `Too long: ${detail}`)
  }

  #add(reason: string, field: string, message: string): void {
    this.causes.push({ reason, message, field })
  }
}
