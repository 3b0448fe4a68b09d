import { compared, inIdentity, type ObjectDeclaration, rowOid, toldBy } from '../declaration.ts'
import {
  accessMethod,
  asIs,
  operator,
  operatorClass,
  operatorFamily,
  role,
  routine,
  type,
  words,
} from '../names.ts'

export const operators: ObjectDeclaration = {
  table: 'pg_operator',
  class: `'operator'`,
  identity: `CASE pg_operator.oprnamespace WHEN 'pg_catalog'::regnamespace THEN 'pg_catalog.' ELSE '' END || ${operator('pg_operator.oid')}`,
  address: { catalog: 'pg_operator', oid: 'pg_operator.oid' },
  columns: {
    oid: rowOid,
    oprname: inIdentity,
    oprnamespace: inIdentity,
    oprowner: compared('owner', role),
    oprkind: compared('kind', words({ b: 'infix', l: 'prefix', r: 'postfix' })),
    oprcanmerge: compared('merges', asIs),
    oprcanhash: compared('hashes', asIs),
    oprleft: inIdentity,
    oprright: inIdentity,
    oprresult: compared('result', type),
    oprcom: compared('commutator', operator),
    oprnegate: compared('negator', operator),
    oprcode: compared('function', routine),
    oprrest: compared('restriction estimator', routine),
    oprjoin: compared('join estimator', routine),
  },
}

export const operatorClasses: ObjectDeclaration = {
  table: 'pg_opclass',
  class: `'operator class'`,
  identity: operatorClass('pg_opclass.oid'),
  address: { catalog: 'pg_opclass', oid: 'pg_opclass.oid' },
  columns: {
    oid: rowOid,
    opcmethod: inIdentity,
    opcname: inIdentity,
    opcnamespace: inIdentity,
    opcowner: compared('owner', role),
    opcfamily: compared('family', operatorFamily),
    opcintype: compared('type', type),
    opcdefault: compared('default', asIs),
    opckeytype: compared('stored type', type),
  },
}

export const operatorFamilies: ObjectDeclaration = {
  table: 'pg_opfamily',
  class: `'operator family'`,
  identity: operatorFamily('pg_opfamily.oid'),
  address: { catalog: 'pg_opfamily', oid: 'pg_opfamily.oid' },
  columns: {
    oid: rowOid,
    opfmethod: inIdentity,
    opfname: inIdentity,
    opfnamespace: inIdentity,
    opfowner: compared('owner', role),
  },
}

/** Operators that an operator family holds. */
export const familyOperators: ObjectDeclaration = {
  table: 'pg_amop',
  class: `'operator family operator'`,
  identity: `${operatorFamily('pg_amop.amopfamily')} || ': ' || pg_amop.amopstrategy || ' (' || ${type('pg_amop.amoplefttype')} || ', ' || ${type('pg_amop.amoprighttype')} || ') ' || ${words({ s: 'search', o: 'order' })('pg_amop.amoppurpose')}`,
  parent: `'operator family ' || ${operatorFamily('pg_amop.amopfamily')}`,
  address: { catalog: 'pg_amop', oid: 'pg_amop.oid' },
  columns: {
    oid: rowOid,
    amopfamily: inIdentity,
    amoplefttype: inIdentity,
    amoprighttype: inIdentity,
    amopstrategy: inIdentity,
    amoppurpose: inIdentity,
    amopopr: compared('operator', operator),
    amopmethod: toldBy('the operator family'),
    amopsortfamily: compared('sort family', operatorFamily),
  },
}

/** Support functions that an operator family holds. */
export const familyFunctions: ObjectDeclaration = {
  table: 'pg_amproc',
  class: `'operator family function'`,
  identity: `${operatorFamily('pg_amproc.amprocfamily')} || ': ' || pg_amproc.amprocnum || ' (' || ${type('pg_amproc.amproclefttype')} || ', ' || ${type('pg_amproc.amprocrighttype')} || ')'`,
  parent: `'operator family ' || ${operatorFamily('pg_amproc.amprocfamily')}`,
  address: { catalog: 'pg_amproc', oid: 'pg_amproc.oid' },
  columns: {
    oid: rowOid,
    amprocfamily: inIdentity,
    amproclefttype: inIdentity,
    amprocrighttype: inIdentity,
    amprocnum: inIdentity,
    amproc: compared('function', routine),
  },
}

export const accessMethods: ObjectDeclaration = {
  table: 'pg_am',
  class: `'access method'`,
  identity: accessMethod('pg_am.oid'),
  address: { catalog: 'pg_am', oid: 'pg_am.oid' },
  columns: {
    oid: rowOid,
    amname: inIdentity,
    amhandler: compared('handler', routine),
    amtype: compared('kind', words({ t: 'table', i: 'index' })),
  },
}
