import { ForksPoolWorker, type PoolOptions, type PoolWorker } from 'vitest/node'

export const poolName = 'rehearsal'

/** Vitest's pool of worker processes, with a way to end a worker that does not end by itself. */
export interface WorkerPool {
  readonly pool: { readonly name: string; createPoolWorker(options: PoolOptions): PoolWorker }
  /** Ends every worker, whatever it is at: SIGTERM, then SIGKILL. */
  end(): Promise<void>
}

export function makeWorkerPool(): WorkerPool {
  const workers: EndableWorker[] = []
  const end = async (): Promise<void> => {
    await Promise.all(workers.filter((worker) => worker.isRunning).map((worker) => worker.stop()))
  }
  // A worker that is busy does not see that we are gone; its SIGTERM is sent before this returns.
  process.once('exit', () => void end())
  return {
    pool: {
      name: poolName,
      createPoolWorker(options) {
        const worker = new EndableWorker(options)
        workers.push(worker)
        return worker
      },
    },
    end,
  }
}

/** `stop` of a worker that is not running throws. */
class EndableWorker extends ForksPoolWorker {
  isRunning = false

  override async start(): Promise<void> {
    await super.start()
    this.isRunning = true
    this.on('exit', () => {
      this.isRunning = false
    })
  }
}
