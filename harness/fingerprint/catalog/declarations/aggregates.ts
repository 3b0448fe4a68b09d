import { compared, inIdentity, type Satellite } from '../declaration.ts'
import { asIs, operator, routine, type, words } from '../names.ts'

const kinds = words({ n: 'normal', o: 'ordered-set', h: 'hypothetical-set' })
const modifies = words({ r: 'read only', s: 'shareable', w: 'read and write' })

/** What makes a function an aggregate. */
export const aggregateParts: Satellite = {
  table: 'pg_aggregate',
  on: 'pg_aggregate.aggfnoid = pg_proc.oid',
  columns: {
    aggfnoid: inIdentity,
    aggkind: compared('aggregate kind', kinds),
    aggnumdirectargs: compared('direct arguments', asIs),
    aggtransfn: compared('state function', routine),
    aggfinalfn: compared('final function', routine),
    aggcombinefn: compared('combine function', routine),
    aggserialfn: compared('serial function', routine),
    aggdeserialfn: compared('deserial function', routine),
    aggmtransfn: compared('moving state function', routine),
    aggminvtransfn: compared('moving inverse function', routine),
    aggmfinalfn: compared('moving final function', routine),
    aggfinalextra: compared('final function has extra arguments', asIs),
    aggmfinalextra: compared('moving final function has extra arguments', asIs),
    aggfinalmodify: compared('final function modifies', modifies),
    aggmfinalmodify: compared('moving final function modifies', modifies),
    aggsortop: compared('sort operator', operator),
    aggtranstype: compared('state type', type),
    aggtransspace: compared('state size', asIs),
    aggmtranstype: compared('moving state type', type),
    aggmtransspace: compared('moving state size', asIs),
    agginitval: compared('initial state', asIs),
    aggminitval: compared('moving initial state', asIs),
  },
}
