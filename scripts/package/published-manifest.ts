export type Manifest = Readonly<Record<string, unknown>>

const repositoryOnly = ['scripts', 'devDependencies', 'overrides']

/** The package.json that is published: its doors are the compiled files. ES modules only. */
export function publishedManifest(manifest: Manifest): Manifest {
  return {
    ...Object.fromEntries(Object.entries(manifest).filter(([key]) => !repositoryOnly.includes(key))),
    bin: { rehearse: 'dist/cli/bin.js' },
    exports: {
      '.': { types: './dist/index.d.ts', default: './dist/index.js' },
      './vitest': { types: './dist/vitest/config.d.mts', default: './dist/vitest/config.mjs' },
      './package.json': './package.json',
    },
  }
}
