import { z } from 'zod'
import type { Step } from './schema.ts'

/** What a dump loses, and what blanking removes; a closed list, of which each instance is reported. */
const ruleSchema = z.enum([
  'privileges',
  'invalid index',
  'bare comment',
  'partition constraint',
  'inherited column order',
  'extension version',
  'extension member',
  'disabled constraint trigger',
  'subscription',
  'user mapping',
  'initial grants',
  'option order',
  'blanked',
  'stale materialized view',
])

/** An object that a restored dump gives in another way, with the rule by which it may. */
const objectLossSchema = z.strictObject({
  rule: ruleSchema,
  /** Class and identity. */
  object: z.string(),
  attribute: z.string(),
  /** Values, of which long ones are cut; both null where the attribute has none to show. */
  before: z.string().nullable(),
  after: z.string().nullable(),
})

/** The same of all members of an extension together. */
const extensionLossSchema = z.strictObject({
  rule: ruleSchema,
  extension: z.string(),
  members: z.array(z.string()),
})

/** The fact `dumpLosses` of an act. */
const dumpLossesSchema = z.array(z.union([objectLossSchema, extensionLossSchema]))

export type DumpLossRule = z.infer<typeof ruleSchema>
export type ObjectLoss = z.infer<typeof objectLossSchema>
export type DumpLossFact = z.infer<typeof dumpLossesSchema>[number]

/** The dump losses that the act reports; none if it restores no dump. */
export function readDumpLosses({ facts }: Pick<Step, 'facts'>): DumpLossFact[] {
  return dumpLossesSchema.parse(facts['dumpLosses'] ?? [])
}

const mostNames = 3

export function printDumpLoss(loss: DumpLossFact): string {
  return `${loss.rule}: ${printLost(loss)}`
}

/** A loss without its rule; of an extension's members the number, with a few names. */
export function printLost(loss: DumpLossFact): string {
  if ('extension' in loss) {
    const { extension, members } = loss
    const more = members.length > mostNames ? ` and ${members.length - mostNames} more` : ''
    return `extension ${extension}, ${members.length} of its members: ${members.slice(0, mostNames).join('; ')}${more}`
  }
  const { object, attribute, before, after } = loss
  return `${object}, ${attribute}${before === after ? '' : ` ${before ?? 'not set'} → ${after ?? 'not set'}`}`
}
