import { spawn } from 'node:child_process'
import { cp, mkdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { Project, repository } from '../support/project.ts'
import type { NodeMajor, Tools } from './tools.ts'

type Manager = 'npm' | 'pnpm' | 'yarn'

const require = createRequire(import.meta.url)
/** How a package is installed for development, by the name of the package manager. */
export const installs: Readonly<Record<Manager, readonly string[]>> = {
  npm: ['npm', 'install', '--save-dev'],
  pnpm: ['pnpm', 'add', '--save-dev'],
  yarn: ['yarn', 'add', '--dev'],
}
const runs: Readonly<Record<Manager, readonly string[]>> = {
  npm: ['npx', '--no-install'],
  pnpm: ['pnpm', 'exec'],
  yarn: ['yarn', '--silent', 'run'],
}

export interface ConsumerSettings {
  readonly manager: Manager
  readonly node: NodeMajor
  readonly format: 'CommonJS' | 'ES modules'
}

export interface Ended {
  readonly exitCode: number | null
  readonly output: string
}

/** The small rehearsal in a project of its own, with the packed package installed. */
export class Consumer extends Project {
  readonly #manager: Manager
  readonly #environment: NodeJS.ProcessEnv

  private constructor(path: string, manager: Manager, environment: NodeJS.ProcessEnv) {
    super(path)
    this.#manager = manager
    this.#environment = environment
  }

  static async install(
    path: string,
    tarball: string,
    tools: Tools,
    settings: ConsumerSettings,
  ): Promise<Consumer> {
    const { manager, node, format } = settings
    await mkdir(path)
    const consumer = new Consumer(path, manager, await tools.environment(node))
    await consumer.#writeFiles(format)
    const { exitCode, output } = await consumer.#start([...installs[manager], tarball, 'vitest@4'])
    if (exitCode !== 0) throw new Error(`${manager} could not install the package:\n${output}`)
    return consumer
  }

  /** Runs `rehearse …`, as the package manager finds it, to its end. */
  run(...args: string[]): Promise<Ended> {
    return this.#start([...runs[this.#manager], 'rehearse', ...args])
  }

  /** Checks the types of its configuration and specs, and of every declaration that they reach. */
  checkTypes(): Promise<Ended> {
    return this.#start(['node', require.resolve('typescript/bin/tsc'), '--project', '.'])
  }

  async #writeFiles(format: ConsumerSettings['format']): Promise<void> {
    for (const part of ['rehearsal.config.ts', 'specs', 'sql'])
      await cp(join(repository, 'tests/small', part), join(this.path, part), { recursive: true })
    const { version: vite } = JSON.parse(await readFile(require.resolve('vite/package.json'), 'utf8')) as {
      version: string
    }
    // A project that says nothing is one in CommonJS.
    const type = format === 'CommonJS' ? {} : { type: 'module' }
    // Yarn 1 stops where the registry lacks an optional package, such as those of the newest Vite.
    await this.#writeJson('package.json', { name: 'consumer', private: true, ...type, resolutions: { vite } })
    await this.#writeJson('tsconfig.json', {
      compilerOptions: {
        module: 'NodeNext',
        target: 'ES2023',
        strict: true,
        noEmit: true,
        skipLibCheck: false,
        allowImportingTsExtensions: true,
      },
      include: ['*.config.*', 'specs'],
    })
    const settings = await readFile(join(repository, 'tests/small/vitest.config.ts'), 'utf8')
    await this.write(format === 'CommonJS' ? 'vitest.config.mts' : 'vitest.config.ts', settings)
  }

  #writeJson(file: string, value: object): Promise<void> {
    return this.write(file, `${JSON.stringify(value, undefined, 2)}\n`)
  }

  async #start([program, ...args]: readonly string[]): Promise<Ended> {
    const child = spawn(program!, args, {
      cwd: this.path,
      env: { ...this.#environment, TMPDIR: process.env['TMPDIR'] },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const exitCode = new Promise<number | null>((resolve, reject) => {
      child.once('error', reject)
      child.once('close', resolve)
    })
    const output = await Promise.all([text(child.stdout), text(child.stderr)])
    return { exitCode: await exitCode, output: output.join('') }
  }
}
