/** The parser repeats the rest of a file where a quote has no end: the first line says enough. */
export function firstLineOf(error: Error): string {
  return error.message.split('\n', 1)[0] ?? ''
}
