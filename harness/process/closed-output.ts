/**
 * Bears that nobody reads what is printed any more (`npm test | head`): the rehearsal goes on, and its reports and
 * exit code say what it showed. Any other trouble with the output is still thrown.
 */
export function tolerateClosedOutput(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
    })
  }
}
