import { quoteLiteral } from './session.ts'

/** Settings on which it depends how PostgreSQL writes values and definitions (PostgreSQL manual, 20.11). */
export const pinnedValues = {
  search_path: 'pg_catalog, pg_temp',
  TimeZone: 'UTC',
  DateStyle: 'ISO, YMD',
  IntervalStyle: 'postgres',
  extra_float_digits: '1',
  bytea_output: 'hex',
  lc_monetary: 'C',
  xmloption: 'content',
  xmlbinary: 'base64',
  row_security: 'on',
  quote_all_identifiers: 'off',
} as const

/** Statements that set them for a transaction. */
export const pinnedSettings = Object.entries(pinnedValues)
  .map(([name, value]) => `SET LOCAL ${name} = ${value.split(', ').map(quoteLiteral).join(', ')}`)
  .join('; ')
