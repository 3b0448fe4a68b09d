import { defineRehearsal } from 'dress-rehearsal'

export default defineRehearsal({
  production: { database: 'shop', owner: 'keeper', script: 'production.sql' },
  release: {
    directory: 'release',
    script: 'run.sql',
    tiers: [{ id: 'T1', title: 'prices', file: 'prices.sql' }],
  },
})
