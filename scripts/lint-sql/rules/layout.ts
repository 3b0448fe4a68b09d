import type { SqlFault, SqlFile } from '../sql-file.ts'

/** Line 1 tells the purpose; no tabs, no blanks at the end of a line, and a line break at the end of the file. */
export function checkLayout({ text }: SqlFile): SqlFault[] {
  const lines = text.split('\n')
  const faults = lines.flatMap((content, index) =>
    checkLine(content).map((message) => ({ line: index + 1, message })),
  )
  if (!/^-- \S.{15}/.test(text))
    faults.unshift({
      line: 1,
      message: 'no purpose. Write what the file is for in line 1: "-- T3 ownership: …"',
    })
  if (!text.endsWith('\n')) faults.push({ line: lines.length, message: 'no line break at the end. Add one' })
  return faults
}

function checkLine(line: string): string[] {
  return [
    ...(line.includes('\t') ? ['a tab. Write blanks'] : []),
    ...(/[ \t\r]$/.test(line) ? ['blanks at the end of the line. Remove them'] : []),
  ]
}
