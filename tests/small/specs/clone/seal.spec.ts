import { act } from '../words.ts'

act('seal', 'keeps production out of reach', (it) => {
  it('refuses each way that there is', ({ expect, facts }) => {
    const probes = facts['probes'] as { way: string; outcome: string }[]
    expect(Object.fromEntries(probes.map(({ way, outcome }) => [way, outcome]))).toEqual({
      'COPY … PROGRAM with psql': 'refused',
      dblink: 'refused',
      postgres_fdw: 'refused',
      'psql \\connect': 'refused',
      'psql \\connect on its own server': 'refused',
      'psql \\connect by the way of the release': 'refused',
      'COPY … PROGRAM by the shipping role': 'refused',
    })
  })
})
