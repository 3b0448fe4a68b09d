import {
  compared,
  ignoreAll,
  inIdentity,
  type ObjectDeclaration,
  type PartDeclaration,
  rowOid,
} from '../declaration.ts'
import { asIs, dictionary, parser, qualified, role, routine, template, words } from '../names.ts'

const encoding = (code: string): string => `pg_encoding_to_char(${code})::text`

export const collations: ObjectDeclaration = {
  table: 'pg_collation',
  class: `'collation'`,
  identity: qualified('pg_collation.collnamespace', 'pg_collation.collname'),
  address: { catalog: 'pg_collation', oid: 'pg_collation.oid' },
  columns: {
    oid: rowOid,
    collname: inIdentity,
    collnamespace: inIdentity,
    collowner: compared('owner', role),
    collprovider: compared('provider', words({ d: 'default', b: 'builtin', c: 'libc', i: 'icu' })),
    collisdeterministic: compared('deterministic', asIs),
    collencoding: compared('encoding', (code) => `CASE WHEN ${code} >= 0 THEN ${encoding(code)} END`),
    collcollate: compared('LC_COLLATE', asIs),
    collctype: compared('LC_CTYPE', asIs),
    colliculocale: compared('locale', asIs),
    colllocale: compared('locale', asIs),
    collicurules: compared('rules', asIs),
    collversion: compared('version', asIs),
  },
}

export const conversions: ObjectDeclaration = {
  table: 'pg_conversion',
  class: `'conversion'`,
  identity: qualified('pg_conversion.connamespace', 'pg_conversion.conname'),
  address: { catalog: 'pg_conversion', oid: 'pg_conversion.oid' },
  columns: {
    oid: rowOid,
    conname: inIdentity,
    connamespace: inIdentity,
    conowner: compared('owner', role),
    conforencoding: compared('from', encoding),
    contoencoding: compared('to', encoding),
    conproc: compared('function', routine),
    condefault: compared('default', asIs),
  },
}

export const textSearchConfigurations: ObjectDeclaration = {
  table: 'pg_ts_config',
  class: `'text search configuration'`,
  identity: qualified('pg_ts_config.cfgnamespace', 'pg_ts_config.cfgname'),
  address: { catalog: 'pg_ts_config', oid: 'pg_ts_config.oid' },
  columns: {
    oid: rowOid,
    cfgname: inIdentity,
    cfgnamespace: inIdentity,
    cfgowner: compared('owner', role),
    cfgparser: compared('parser', parser),
  },
  more: {
    mapping: `(SELECT string_agg(maptokentype || ': ' || ${dictionary('mapdict')}, ', ' ORDER BY maptokentype, mapseqno) FROM pg_ts_config_map WHERE mapcfg = pg_ts_config.oid)`,
  },
}

export const textSearchMappings: PartDeclaration = {
  table: 'pg_ts_config_map',
  columns: ignoreAll('is told by the mapping of the configuration', [
    'mapcfg',
    'maptokentype',
    'mapseqno',
    'mapdict',
  ]),
}

export const textSearchDictionaries: ObjectDeclaration = {
  table: 'pg_ts_dict',
  class: `'text search dictionary'`,
  identity: qualified('pg_ts_dict.dictnamespace', 'pg_ts_dict.dictname'),
  address: { catalog: 'pg_ts_dict', oid: 'pg_ts_dict.oid' },
  columns: {
    oid: rowOid,
    dictname: inIdentity,
    dictnamespace: inIdentity,
    dictowner: compared('owner', role),
    dicttemplate: compared('template', template),
    dictinitoption: compared('options', asIs),
  },
}

export const textSearchParsers: ObjectDeclaration = {
  table: 'pg_ts_parser',
  class: `'text search parser'`,
  identity: qualified('pg_ts_parser.prsnamespace', 'pg_ts_parser.prsname'),
  address: { catalog: 'pg_ts_parser', oid: 'pg_ts_parser.oid' },
  columns: {
    oid: rowOid,
    prsname: inIdentity,
    prsnamespace: inIdentity,
    prsstart: compared('start function', routine),
    prstoken: compared('token function', routine),
    prsend: compared('end function', routine),
    prsheadline: compared('headline function', routine),
    prslextype: compared('token types function', routine),
  },
}

export const textSearchTemplates: ObjectDeclaration = {
  table: 'pg_ts_template',
  class: `'text search template'`,
  identity: qualified('pg_ts_template.tmplnamespace', 'pg_ts_template.tmplname'),
  address: { catalog: 'pg_ts_template', oid: 'pg_ts_template.oid' },
  columns: {
    oid: rowOid,
    tmplname: inIdentity,
    tmplnamespace: inIdentity,
    tmplinit: compared('init function', routine),
    tmpllexize: compared('lexize function', routine),
  },
}
