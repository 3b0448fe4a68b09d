import type { RehearsalConfig } from '../config/rehearsal.ts'
import type { Release } from './release.ts'

/** A way in which a release lies on disk. */
export interface Layout {
  readonly id: string
  matches(config: RehearsalConfig): boolean
  /** Reads it below the project's directory. Throws RELEASE_UNREADABLE where a file is missing, or not what was declared. */
  read(root: string, config: RehearsalConfig): Promise<Release>
}
