// Module hooks (node:module, register) that read TypeScript by ts-node.
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

/** @type {import('ts-node').NodeLoaderHooksAPI2} */
let hooks

/** @param {{ transpiler?: string }} data */
export function initialize({ transpiler = require.resolve('./transpiler.cjs') }) {
  // It would leave a compiled copy of the compiler in the temporary directory, for each directory that it is called in.
  process.env['DISABLE_V8_COMPILE_CACHE'] = '1'
  /** @type {typeof import('ts-node')} */
  const tsNode = require('ts-node')
  const service = tsNode.create({
    skipProject: true,
    transpileOnly: true,
    transpiler,
    // The project may have another compiler, such as TypeScript 7, which has no interface that ts-node knows.
    compiler: require.resolve('typescript'),
    // A configuration is an ES module in a CommonJS project, too, where imports often have no file endings.
    moduleTypes: { '/**/*.ts': 'esm' },
    experimentalSpecifierResolution: 'node',
    compilerOptions: { module: 'NodeNext', moduleResolution: 'NodeNext', target: 'ES2023', rootDir: '/' },
  })
  hooks = /** @type {import('ts-node').NodeLoaderHooksAPI2} */ (tsNode.createEsmHooks(service))
}

/** @type {import('ts-node').NodeLoaderHooksAPI2.ResolveHook} */
export const resolve = (...request) => hooks.resolve(...request)

/** @type {import('ts-node').NodeLoaderHooksAPI2.LoadHook} */
export const load = (...request) => hooks.load(...request)
