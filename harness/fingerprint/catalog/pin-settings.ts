import { pinnedValues } from '../../postgres/pinned-settings.ts'
import type { Session } from '../../postgres/session.ts'

/** With those that decide how it plans a query over many catalogs. */
const pinned = { ...pinnedValues, jit: 'off', max_parallel_workers_per_gather: '0' }

/** Runs the body under the pinned settings of this transaction, and sets back what was there before. */
export async function withPinnedSettings<T>(session: Session, body: () => Promise<T>): Promise<T> {
  const names = Object.keys(pinned)
  const [before] = await session.rows(
    `SELECT ${names.map((name, place) => `pg_catalog.current_setting('${name}') AS s${place}`).join(', ')}`,
  )
  await set(session, Object.entries(pinned))
  const answer = await body()
  await set(
    session,
    names.map((name, place) => [name, String(before?.[`s${place}`])]),
  )
  return answer
}

async function set(session: Session, values: readonly (readonly [string, string])[]): Promise<void> {
  const calls = values.map((_, place) => `pg_catalog.set_config($${2 * place + 1}, $${2 * place + 2}, true)`)
  await session.rows(`SELECT ${calls.join(', ')}`, values.flat())
}
