import { compared, inIdentity, type ObjectDeclaration, rowOid, toldBy } from '../declaration.ts'
import { isInPassingSchema, relationKey } from '../keys.ts'
import { asIs, columnsOf, relation, role, routine, words } from '../names.ts'

const enabled = words({ O: 'origin', D: 'disabled', R: 'replica', A: 'always' })
const constraint = `${relation('pg_constraint.conrelid')} || '.' || quote_ident(pg_constraint.conname)`
const enforcesConstraint = '(pg_trigger.tgisinternal AND pg_trigger.tgconstraint <> 0)'

/** Triggers, the internal ones too: these are named after their constraint and function, as their own name is an OID. */
export const triggers: ObjectDeclaration = {
  table: 'pg_trigger',
  class: `'trigger'`,
  identity: `${relation('pg_trigger.tgrelid')} || '.' || CASE WHEN ${enforcesConstraint} THEN 'for constraint ' || ${constraint} || ' by ' || ${routine('pg_trigger.tgfoid')} ELSE quote_ident(pg_trigger.tgname) END`,
  parent: `CASE WHEN ${enforcesConstraint} THEN 'constraint ' || ${constraint} ELSE ${relationKey('pg_trigger.tgrelid')} END`,
  address: { catalog: 'pg_trigger', oid: 'pg_trigger.oid' },
  where: `NOT ${isInPassingSchema('pg_class.relnamespace')}`,
  columns: {
    oid: rowOid,
    tgrelid: inIdentity,
    tgparentid: compared(
      'parent trigger on',
      (oid) => `(SELECT ${relation('parent.tgrelid')} FROM pg_trigger parent WHERE parent.oid = ${oid})`,
    ),
    tgname: inIdentity,
    tgfoid: compared('function', routine),
    tgtype: compared('timing and events', asIs),
    tgenabled: compared('enabled', enabled),
    tgisinternal: compared('internal', asIs),
    tgconstrrelid: compared('referenced table', relation),
    tgconstrindid: compared('index', relation),
    tgconstraint: compared('constraint', () => constraint),
    tgdeferrable: compared('deferrable', asIs),
    tginitdeferred: compared('deferred', asIs),
    tgnargs: toldBy('the arguments'),
    tgattr: compared('columns', columnsOf('pg_trigger.tgrelid')),
    tgargs: compared('arguments', (bytes) => `encode(${bytes}, 'escape')`),
    tgqual: toldBy('the definition'),
    tgoldtable: compared('old table', asIs),
    tgnewtable: compared('new table', asIs),
  },
  satellites: [
    { table: 'pg_constraint', on: 'pg_constraint.oid = pg_trigger.tgconstraint', columns: {} },
    { table: 'pg_class', on: 'pg_class.oid = pg_trigger.tgrelid', columns: {} },
  ],
  more: {
    definition: 'CASE WHEN NOT pg_trigger.tgisinternal THEN pg_get_triggerdef(pg_trigger.oid) END',
  },
}

/** Rules. That of a view is its definition, and is told here only when it does not fire as usual. */
export const rules: ObjectDeclaration = {
  table: 'pg_rewrite',
  class: `'rule'`,
  identity: `${relation('pg_rewrite.ev_class')} || '.' || quote_ident(pg_rewrite.rulename)`,
  parent: relationKey('pg_rewrite.ev_class'),
  address: { catalog: 'pg_rewrite', oid: 'pg_rewrite.oid' },
  where: `(pg_rewrite.rulename <> '_RETURN' OR pg_rewrite.ev_enabled <> 'O')
    AND NOT ${isInPassingSchema('pg_class.relnamespace')}`,
  columns: {
    oid: rowOid,
    rulename: inIdentity,
    ev_class: inIdentity,
    ev_type: toldBy('the definition'),
    ev_enabled: compared('enabled', enabled),
    is_instead: toldBy('the definition'),
    ev_qual: toldBy('the definition'),
    ev_action: toldBy('the definition'),
  },
  satellites: [{ table: 'pg_class', on: 'pg_class.oid = pg_rewrite.ev_class', columns: {} }],
  more: {
    definition: `CASE WHEN pg_rewrite.rulename <> '_RETURN' THEN pg_get_ruledef(pg_rewrite.oid) END`,
  },
}

export const eventTriggers: ObjectDeclaration = {
  table: 'pg_event_trigger',
  class: `'event trigger'`,
  identity: 'quote_ident(pg_event_trigger.evtname)',
  address: { catalog: 'pg_event_trigger', oid: 'pg_event_trigger.oid' },
  columns: {
    oid: rowOid,
    evtname: inIdentity,
    evtevent: compared('event', asIs),
    evtowner: compared('owner', role),
    evtfoid: compared('function', routine),
    evtenabled: compared('enabled', enabled),
    evttags: compared('tags', asIs),
  },
}
