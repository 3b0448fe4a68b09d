import { execFile } from 'node:child_process'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'

const nodeVersions = { 20: '20.20.2', 22: '22.23.3', 24: '24.21.0' } as const
const managers = ['pnpm@10.34.9', 'yarn@1.22.22']

export type NodeMajor = keyof typeof nodeVersions

/** Programs of other versions, installed by npm into a directory of the test. */
export class Tools {
  readonly #directory: string

  private constructor(directory: string) {
    this.#directory = directory
  }

  static async install(directory: string): Promise<Tools> {
    const install = (prefix: string, ...packages: string[]) =>
      promisify(execFile)('npm', ['install', '--silent', '--no-save', '--prefix', prefix, ...packages])
    await install(join(directory, 'managers'), ...managers)
    for (const [major, version] of Object.entries(nodeVersions))
      await install(join(directory, major), `node-${process.platform}-${process.arch}@${version}`)
    return new Tools(directory)
  }

  /** The environment in which commands of a project find this Node, and leave nothing outside of the directory. */
  async environment(major: NodeMajor): Promise<NodeJS.ProcessEnv> {
    const nodePackage = `${major}/node_modules/node-${process.platform}-${process.arch}`
    const { stdout } = await promisify(execFile)('npm', ['config', 'get', 'registry'])
    const ours = Object.entries(process.env).filter(
      ([name]) => !/^(VITEST|npm_(package|lifecycle))/.test(name),
    )
    return {
      ...Object.fromEntries(ours),
      PATH: [
        join(this.#directory, nodePackage, 'bin'),
        join(this.#directory, 'managers/node_modules/.bin'),
        process.env['PATH'],
      ].join(delimiter),
      // The other package managers have a registry of their own otherwise.
      npm_config_registry: stdout.trim(),
      XDG_CACHE_HOME: join(this.#directory, 'cache'),
      XDG_DATA_HOME: join(this.#directory, 'data'),
      XDG_STATE_HOME: join(this.#directory, 'state'),
      XDG_CONFIG_HOME: join(this.#directory, 'config'),
      YARN_CACHE_FOLDER: join(this.#directory, 'yarn'),
    }
  }
}
