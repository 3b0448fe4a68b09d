import { specsFor } from 'dress-rehearsal'
import rehearsal from '../rehearsal.config.ts'

export const { act, tier, sql } = specsFor(rehearsal)
