import { ignoreAll, type PartDeclaration } from '../declaration.ts'

const numbered = (name: string): string[] => [1, 2, 3, 4, 5].map((place) => `${name}${place}`)

const part = (table: string, reason: string, columns: readonly string[]): PartDeclaration => ({
  table,
  columns: ignoreAll(reason, columns),
})

const address = ['objoid', 'classoid', 'objsubid']
const dependency = ['classid', 'objid', 'objsubid', 'refclassid', 'refobjid', 'deptype']

/** Catalogs whose rows are told by the attributes of other objects, or by nothing. */
export const parts: readonly PartDeclaration[] = [
  part('pg_description', 'is told by the comment of the object', [...address, 'description']),
  part('pg_shdescription', 'is told by the comment of the object', ['objoid', 'classoid', 'description']),
  part('pg_seclabel', 'is told by the security labels of the object', [...address, 'provider', 'label']),
  part('pg_shseclabel', 'is told by the security labels of the object', [
    'objoid',
    'classoid',
    'provider',
    'label',
  ]),
  part('pg_init_privs', 'is told by the initial grants of the object', [...address, 'privtype', 'initprivs']),
  part('pg_depend', 'follows from the definitions, but for sequences and extensions, which tell it', [
    ...dependency,
    'refobjsubid',
  ]),
  part('pg_shdepend', 'follows from owners, grants and tablespaces', ['dbid', ...dependency]),
  part('pg_largeobject', 'is data', ['loid', 'pageno', 'data']),
  part('pg_statistic', 'is a statistic that changes by itself', [
    'starelid',
    'staattnum',
    'stainherit',
    'stanullfrac',
    'stawidth',
    'stadistinct',
    ...['stakind', 'staop', 'stacoll', 'stanumbers', 'stavalues'].flatMap(numbered),
  ]),
  part('pg_statistic_ext_data', 'is a statistic that changes by itself', [
    'stxoid',
    'stxdinherit',
    'stxdndistinct',
    'stxddependencies',
    'stxdmcv',
    'stxdexpr',
  ]),
]
