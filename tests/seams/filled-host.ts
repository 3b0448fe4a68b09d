import { streamClone } from '../../harness/restore/dump/dump-restore.ts'
import { createDatabase, type HostKind } from '../../harness/host/host.ts'
import { local } from '../../harness/host/local.ts'
import { copyPrivileges } from '../../harness/restore/privileges/privileges.ts'

/** A host on which the clone is there, filled, when it is handed over, as a thin clone is; it makes no copies. */
export const filledHost: HostKind = {
  ...local,
  id: 'filled',
  can: { freshCopies: false, sealing: true },
  async open(settings, source, reader) {
    const { config, installation, signal } = settings
    const production = { ...reader, database: config.production.database }
    const host = await local.open(settings, source, production)
    const { superuser } = await createDatabase(host, config.clone.database)
    await streamClone({ installation, source: production, target: superuser, signal })
    await copyPrivileges(installation, production, superuser, { signal, comment: true })
    const restore = (): never => {
      throw new Error('a filled host restores nothing')
    }
    return { ...host, isFilled: true, restore }
  },
}
