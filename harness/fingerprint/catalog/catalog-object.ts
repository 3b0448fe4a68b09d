import type { IdentityParts } from './identity-parts.ts'

export interface CatalogObject {
  /** `table`, `column`, `index`, `constraint`, `view`, `function` … */
  readonly class: string
  /** Schema-qualified, quoted where needed, unique within its class: `public.loans`, `public.loan_total(integer)`. */
  readonly identity: string
  readonly parts?: IdentityParts
  /** Key of the object that it comes and goes with, or null. */
  readonly parent: string | null
  /** Name of attribute → its value as text, without OIDs; null is SQL NULL. */
  readonly attributes: Readonly<Record<string, string | null>>
}

/** Key `${class} ${identity}` → object. */
export type Catalog = ReadonlyMap<string, CatalogObject>
