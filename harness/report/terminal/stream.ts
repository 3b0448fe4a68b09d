/** What a display writes to: a process's stdout, or anything that takes text. */
export interface TerminalStream {
  write(text: string): unknown
  readonly isTTY?: boolean | undefined
  readonly columns?: number | undefined
}
