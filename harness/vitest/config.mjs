/** JavaScript, so that Vitest alone can load it, too, and every test can tell which command to run. */
export const rehearsalTests = {
  include: ['specs/**/*.spec.ts'],
  // One worker for all files, one file after the other: the databases are shared, and a start of a worker costs time.
  maxWorkers: 1,
  isolate: false,
  fileParallelism: false,
  sequence: { shuffle: false, concurrent: false },
  retry: 0,
  passWithNoTests: false,
  allowOnly: false,
  // A test waits for its act, and an act may take as long as production is large.
  testTimeout: 0,
  hookTimeout: 0,
  includeTaskLocation: false,
}
