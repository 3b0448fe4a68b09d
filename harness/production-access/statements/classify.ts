import { hasSqlDetails, parseSync } from 'libpg-query'
import { whatFunctionDoes } from '../../postgres/reaching-functions.ts'
import { isHarmlessSetting, judgeSetConfig, type Argument } from './settings.ts'

/** What a statement is, as far as it may be sent. */
export type StatementKind = 'reading' | 'transaction' | 'setting'

export interface Classified {
  /** Of each statement of the text; empty where one of them may not be sent. */
  readonly kinds: readonly StatementKind[]
  /** Why it may not be sent; null where it may. */
  readonly fault: string | null
  /** What in it is the harness's own to do; null where nothing is. */
  readonly own: string | null
  /** Names of the functions that it calls, without their schemas. */
  readonly functions: readonly string[]
}

type Node = Readonly<Record<string, unknown>>

/**
 * Says by its parse tree what a text is. `loadModule` of libpg-query must have been awaited. May be sent: SELECT and
 * VALUES that only read, BEGIN … READ ONLY, COMMIT, ROLLBACK, savepoints, SET and RESET of settings that are of no weight to
 * others, and SHOW.
 */
export function classify(text: string): Classified {
  let statements: readonly { readonly stmt?: unknown }[]
  try {
    statements = parseSync(text).stmts ?? []
  } catch (error) {
    if (!hasSqlDetails(error)) throw error
    return refuse(`it cannot be parsed: ${error.message}`)
  }
  if (statements.length === 0) return refuse('it contains no statement')
  const kinds: StatementKind[] = []
  const functions: string[] = []
  let own: string | null = null
  for (const { stmt } of statements) {
    const [type, node] = Object.entries(stmt as Node)[0] as [string, Node]
    const judged = judgeStatement(type, node)
    if ('fault' in judged) return refuse(judged.fault)
    kinds.push(judged.kind)
    functions.push(...(judged.functions ?? []))
    own ??= judged.own ?? null
  }
  return { kinds, fault: null, own, functions }
}

type Judged =
  | { readonly kind: StatementKind; readonly functions?: readonly string[]; readonly own?: string | null }
  | { readonly fault: string }

function judgeStatement(type: string, node: Node): Judged {
  if (type === 'SelectStmt') return judgeSelect(node)
  if (type === 'TransactionStmt') return judgeTransaction(node)
  if (type === 'VariableShowStmt') return { kind: 'setting' }
  if (type === 'VariableSetStmt') return judgeSetting(node)
  return { fault: `it is no SELECT, but ${describeType(type)}` }
}

/** Nodes anywhere in a SELECT that make it more than reading. */
const writingNodes: Readonly<Record<string, string>> = {
  InsertStmt: 'it contains an INSERT',
  UpdateStmt: 'it contains an UPDATE',
  DeleteStmt: 'it contains a DELETE',
  MergeStmt: 'it contains a MERGE',
  intoClause: 'it is a SELECT INTO, which makes a table',
  lockingClause: 'it locks rows (FOR UPDATE or FOR SHARE)',
}

function judgeSelect(select: Node): Judged {
  const functions: string[] = []
  let fault: string | null = null
  let own: string | null = null
  const visit = (value: unknown): void => {
    if (fault !== null || typeof value !== 'object' || value === null) return
    if (Array.isArray(value)) return value.forEach(visit)
    for (const [key, child] of Object.entries(value)) {
      fault ??= writingNodes[key] ?? null
      if (key === 'FuncCall') {
        const call = judgeCall(child as FunctionCall)
        functions.push(call.name)
        fault ??= call.fault
        own ??= call.own
      }
      visit(child)
    }
  }
  visit(select)
  return fault === null ? { kind: 'reading', functions, own } : { fault }
}

interface FunctionCall {
  readonly funcname?: readonly { readonly String?: { readonly sval?: string } }[]
  readonly args?: readonly Argument[]
}

function judgeCall({ funcname = [], args = [] }: FunctionCall) {
  const parts = funcname.map((part) => part.String?.sval ?? '')
  const name = parts.at(-1) ?? ''
  const does = whatFunctionDoes(parts.at(-2), name)
  if (does !== undefined) return { name, fault: `it calls ${name}, which ${does}`, own: null }
  if (name === 'set_config') return { name, ...judgeSetConfig(args) }
  return { name, fault: null, own: name === 'pg_export_snapshot' ? 'it exports a snapshot' : null }
}

const harmlessTransactions = ['COMMIT', 'ROLLBACK', 'SAVEPOINT', 'RELEASE', 'ROLLBACK_TO']

function judgeTransaction({ kind, options }: Node): Judged {
  const word = String(kind).replace('TRANS_STMT_', '')
  if (harmlessTransactions.includes(word)) return { kind: 'transaction' }
  if (word !== 'BEGIN' && word !== 'START') return { fault: `it is ${word.replaceAll('_', ' ')}` }
  return isReadOnly(options)
    ? { kind: 'transaction' }
    : { fault: 'it begins a transaction that is not READ ONLY' }
}

function judgeSetting({ kind, name, args }: Node): Judged {
  const setting = String(name)
  if (setting === 'TRANSACTION SNAPSHOT') return { kind: 'transaction' }
  if (setting === 'TRANSACTION' && isReadOnly(args)) return { kind: 'transaction' }
  if (kind !== 'VAR_RESET_ALL' && isHarmlessSetting(setting)) return { kind: 'setting' }
  return { fault: `it sets ${kind === 'VAR_RESET_ALL' ? 'everything back' : setting}` }
}

interface Mode {
  readonly DefElem?: {
    readonly defname?: string
    readonly arg?: { readonly A_Const?: { readonly ival?: { readonly ival?: number } } }
  }
}

/** Whether the modes of a transaction say READ ONLY, and none of them READ WRITE. */
function isReadOnly(modes: unknown): boolean {
  const said = ((modes ?? []) as readonly Mode[]).filter(
    ({ DefElem }) => DefElem?.defname === 'transaction_read_only',
  )
  return said.length > 0 && said.every(({ DefElem }) => DefElem?.arg?.A_Const?.ival?.ival === 1)
}

function refuse(fault: string): Classified {
  return { kinds: [], fault, own: null, functions: [] }
}

/** `CreateTableAsStmt` → `CREATE TABLE AS`. */
function describeType(type: string): string {
  return type
    .replace(/Stmt$/, '')
    .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toUpperCase()
}
