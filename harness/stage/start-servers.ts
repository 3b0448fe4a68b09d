import { copySource, sourceDirectory, startSource, type SourceCluster } from '../source/scripts.ts'
import { startEmptyServer } from '../host/local.ts'
import type { World } from './world.ts'

/**
 * Starts the server of production and golden, and beside it the clone's, unless that was done; returns the first. The
 * clone's server follows when production's directory is there, because it hides that directory.
 */
export function startServers(world: World): Promise<SourceCluster> {
  if (world.startingSource !== undefined) return world.startingSource
  const { cleanup, config } = world
  const prepared = copySource(world)
  if (config.clone.onProductionServer === undefined) {
    const starting = prepared.then(() => startEmptyServer(world, sourceDirectory(world)))
    // Whoever needs the server gets the fault.
    starting.catch(() => undefined)
    world.emptyServer = cleanup.ownStarting('the server of the clone', starting)
  }
  const starting = prepared.then((source) => startSource(world, source))
  return (world.startingSource = cleanup.ownStarting('the server of production', starting))
}
